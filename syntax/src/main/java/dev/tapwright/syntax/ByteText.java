package dev.tapwright.syntax;

import java.io.ByteArrayOutputStream;

/**
 * Text that may hold any bytes: UTF-8, in which a byte that is not part of valid UTF-8 is the lone
 * surrogate {@code U+DC00 + byte}. Going to text and back gives the same bytes.
 */
public final class ByteText {
  private static final int LONE = 0xdc00;

  private ByteText() {}

  /** The text of some bytes. */
  public static String toText(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; ) {
      int octet = bytes[i] & 0xff;
      int length = octet < 0x80 ? 1 : validLength(bytes, i);
      switch (length) {
        case 0 -> text.append((char) (LONE + octet));
        case 1 -> text.append((char) octet);
        default -> text.appendCodePoint(codePoint(bytes, i, length));
      }
      i += Math.max(length, 1);
    }
    return text.toString();
  }

  /** The bytes of a text. A lone surrogate that stands for no byte becomes a question mark. */
  public static byte[] toBytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point < 0x80) {
        bytes.write(point);
      } else if (point < 0x800) {
        bytes.write(0xc0 | (point >> 6));
        bytes.write(0x80 | (point & 0x3f));
      } else if (point >= LONE + 0x80 && point <= LONE + 0xff) {
        bytes.write(point - LONE);
      } else if (point >= 0xd800 && point <= 0xdfff) {
        bytes.write('?');
      } else if (point < 0x10000) {
        bytes.write(0xe0 | (point >> 12));
        bytes.write(0x80 | ((point >> 6) & 0x3f));
        bytes.write(0x80 | (point & 0x3f));
      } else {
        bytes.write(0xf0 | (point >> 18));
        bytes.write(0x80 | ((point >> 12) & 0x3f));
        bytes.write(0x80 | ((point >> 6) & 0x3f));
        bytes.write(0x80 | (point & 0x3f));
      }
    }
    return bytes.toByteArray();
  }

  /** How many bytes a part of a text takes. */
  public static int byteLength(String text, int start, int end) {
    int length = 0;
    for (int i = start; i < end; i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        length++;
      } else if (unit < 0x800) {
        length += 2;
      } else if (Character.isHighSurrogate(unit)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        length += Character.isSurrogate(unit) ? 1 : 3;
      }
    }
    return length;
  }

  /** Length of the valid sequence of two to four bytes at an index; 0 when there is none. */
  private static int validLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int length =
        first >= 0xc2 && first < 0xe0
            ? 2
            : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int point = codePoint(bytes, at, length);
    boolean isOverlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    boolean isSurrogate = point >= 0xd800 && point <= 0xdfff;
    return isOverlong || isSurrogate || point > 0x10ffff ? 0 : length;
  }

  private static int codePoint(byte[] bytes, int at, int length) {
    int point = bytes[at] & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      point = (point << 6) | (bytes[at + i] & 0x3f);
    }
    return point;
  }
}
