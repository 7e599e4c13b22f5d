package dev.tapwright.syntax.parser;

import java.util.OptionalLong;

/** Reads the values of numbers and strings as C reads them. */
final class LiteralReader {
  private LiteralReader() {}

  /**
   * The value of a number: decimal, octal behind {@code 0}, hexadecimal behind {@code 0x}. From
   * 2^63 on it wraps; empty when it is malformed or needs more than 64 bits.
   */
  static OptionalLong number(String text) {
    try {
      if (text.length() > 1 && text.charAt(0) == '0') {
        return text.charAt(1) == 'x' || text.charAt(1) == 'X'
            ? unsigned(text.substring(2), 16)
            : unsigned(text.substring(1), 8);
      }
      return unsigned(text, 10);
    } catch (NumberFormatException malformed) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong unsigned(String digits, int radix) {
    return OptionalLong.of(Long.parseUnsignedLong(digits, radix));
  }

  /**
   * Appends the characters of a string literal, quotes included in what is given, escapes resolved
   * in what is appended.
   */
  static void string(String literal, StringBuilder value) {
    int end = literal.length() - 1;
    for (int i = 1; i < end; ) {
      char character = literal.charAt(i++);
      if (character != '\\' || i >= end) {
        value.append(character);
        continue;
      }
      char escape = literal.charAt(i++);
      switch (escape) {
        case 'a' -> value.append('\u0007');
        case 'b' -> value.append('\b');
        case 't' -> value.append('\t');
        case 'n' -> value.append('\n');
        case 'v' -> value.append('\u000b');
        case 'f' -> value.append('\f');
        case 'r' -> value.append('\r');
        case 'x' -> i = digits(literal, i, end, 16, 2, value);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> i = digits(literal, i - 1, end, 8, 3, value);
        default -> value.append(escape);
      }
    }
  }

  private static int digits(
      String literal, int from, int end, int radix, int most, StringBuilder value) {
    int code = 0;
    int at = from;
    while (at < end && at - from < most && Character.digit(literal.charAt(at), radix) >= 0) {
      code = code * radix + Character.digit(literal.charAt(at), radix);
      at++;
    }
    if (at == from) {
      value.append('x');
    } else {
      int octet = code & 0xff;
      value.append((char) (octet < 0x80 ? octet : 0xdc00 + octet));
    }
    return at;
  }
}
