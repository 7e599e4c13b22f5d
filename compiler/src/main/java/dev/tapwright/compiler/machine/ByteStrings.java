package dev.tapwright.compiler.machine;

/**
 * Script text as the bytes that a session's strings are made of, one {@code char} of 0 to 255 for
 * each byte (Latin-1).
 */
public final class ByteStrings {
  private ByteStrings() {}

  /**
   * The bytes of script text in UTF-8. A byte that was not UTF-8, or came from an escape, stands in
   * script text as the lone surrogate {@code U+DC00 + byte} (see {@link
   * dev.tapwright.syntax.SourceText}).
   */
  public static String ofScript(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return encode(text);
      }
    }
    return text;
  }

  /** A string's value as the language has it: up to its first NUL, and at most so many bytes. */
  public static String cut(String bytes, int maximumLength) {
    int end = bytes.indexOf('\0');
    int length = end < 0 ? bytes.length() : end;
    return bytes.substring(0, Math.min(length, maximumLength));
  }

  private static String encode(String text) {
    StringBuilder bytes = new StringBuilder(text.length() * 2);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point < 0x80) {
        bytes.append((char) point);
      } else if (point >= 0xdc80 && point <= 0xdcff) {
        bytes.append((char) (point & 0xff));
      } else if (point < 0x800) {
        bytes.append((char) (0xc0 | (point >> 6)));
        continuation(bytes, point);
      } else if (point < 0x10000) {
        bytes.append((char) (0xe0 | (point >> 12)));
        continuation(bytes, point >> 6);
        continuation(bytes, point);
      } else {
        bytes.append((char) (0xf0 | (point >> 18)));
        continuation(bytes, point >> 12);
        continuation(bytes, point >> 6);
        continuation(bytes, point);
      }
    }
    return bytes.toString();
  }

  private static void continuation(StringBuilder bytes, int bits) {
    bytes.append((char) (0x80 | (bits & 0x3f)));
  }
}
