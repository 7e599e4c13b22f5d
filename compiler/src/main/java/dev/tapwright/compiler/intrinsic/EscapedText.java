package dev.tapwright.compiler.intrinsic;

import java.util.Locale;

/** Strings made printable, as {@code text_str()} and its kin give them. */
final class EscapedText {
  private static final int MOST = 511;
  private static final String ELLIPSIS = "...";

  private EscapedText() {}

  /**
   * Escapes what is not printable.
   *
   * @param limit most bytes of the result; 0 or less for as many as there are
   * @param isQuoted between quotes, which count; a result that was cut has an ellipsis behind them,
   *     for which it gives up three more bytes
   */
  static String escape(String text, long limit, boolean isQuoted) {
    int room = limit <= 0 || limit > MOST ? MOST : (int) limit;
    if (isQuoted) {
      room = Math.max(room, 5) - 2;
    }
    StringBuilder escaped = new StringBuilder();
    boolean isCut = false;
    for (int i = 0; i < text.length() && !isCut; i++) {
      String piece = escape(text.charAt(i));
      isCut = escaped.length() + piece.length() > room;
      if (!isCut) {
        escaped.append(piece);
      }
    }
    if (!isQuoted) {
      return escaped.toString();
    }
    if (isCut) {
      escaped.setLength(Math.min(escaped.length(), room - ELLIPSIS.length()));
    }
    return "\"" + escaped + (isCut ? "\"" + ELLIPSIS : "\"");
  }

  private static String escape(char character) {
    return switch (character) {
      case 7 -> "\\a";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case 11 -> "\\v";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default ->
          character >= ' ' && character <= '~'
              ? String.valueOf(character)
              : String.format(Locale.ROOT, "\\%03o", (int) character);
    };
  }
}
