package dev.tapwright.compiler.intrinsic;

import java.util.Locale;

/**
 * Strings made printable, one {@code char} for each byte, as {@code text_str()} and its kin give
 * them.
 */
public final class EscapedText {
  /** What stands behind a quoted string that was cut. */
  public static final String ELLIPSIS = "...";

  /** The least limit of a quoted string. */
  public static final int LEAST_QUOTED = 5;

  private EscapedText() {}

  /**
   * Escapes what is not printable.
   *
   * @param limit most bytes of the result; 0 or less for as many as there are
   * @param isQuoted between quotes, which count; a result that was cut has an ellipsis behind them,
   *     for which it gives up three more bytes
   * @param most bytes that any string can have
   */
  static String escape(String text, long limit, boolean isQuoted, int most) {
    int room = room(limit, isQuoted, most);
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

  /** Bytes that there are for the escaped text, between the quotes if it is quoted. */
  public static int room(long limit, boolean isQuoted, int most) {
    int room = limit <= 0 || limit > most ? most : (int) limit;
    return isQuoted ? Math.max(room, LEAST_QUOTED) - 2 : room;
  }

  /** How a byte is written: one to four characters. */
  public static String escape(char character) {
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
