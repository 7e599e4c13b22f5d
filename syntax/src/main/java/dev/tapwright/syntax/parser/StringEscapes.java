package dev.tapwright.syntax.parser;

/** Writes strings as literals. */
public final class StringEscapes {
  private StringEscapes() {}

  /** A literal, quotes included, that stands for a text. */
  public static String quote(String text) {
    StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\t' -> literal.append("\\t");
        case '\r' -> literal.append("\\r");
        default -> {
          boolean isLoneByte =
              character >= 0xdc80
                  && character <= 0xdcff
                  && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
          if (character < 0x20 || character == 0x7f || isLoneByte) {
            octal(character & 0xff, literal);
          } else {
            literal.append(character);
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  private static void octal(int octet, StringBuilder literal) {
    literal
        .append('\\')
        .append((char) ('0' + (octet >> 6)))
        .append((char) ('0' + ((octet >> 3) & 7)))
        .append((char) ('0' + (octet & 7)));
  }
}
