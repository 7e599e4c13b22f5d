package dev.tapwright.compiler.target;

import java.nio.charset.StandardCharsets;

/** Numbers and names in bytes that nobody vouches for: every access is checked. */
final class BinaryReader {
  private final byte[] bytes;
  private final boolean isBigEndian;

  BinaryReader(byte[] bytes, boolean isBigEndian) {
    this.bytes = bytes;
    this.isBigEndian = isBigEndian;
  }

  /** The bytes themselves; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  int unsignedByte(long offset) throws MalformedFileException {
    return bytes[check(offset, 1)] & 0xff;
  }

  int unsignedShort(long offset) throws MalformedFileException {
    int at = check(offset, 2);
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return isBigEndian ? first << 8 | second : second << 8 | first;
  }

  /** 32 bits, as they are. */
  int word(long offset) throws MalformedFileException {
    int at = check(offset, 4);
    int a = bytes[at] & 0xff;
    int b = bytes[at + 1] & 0xff;
    int c = bytes[at + 2] & 0xff;
    int d = bytes[at + 3] & 0xff;
    return isBigEndian ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a;
  }

  /** 32 bits, unsigned. */
  long unsignedWord(long offset) throws MalformedFileException {
    return word(offset) & 0xffff_ffffL;
  }

  /** 64 bits, as they are. */
  long doubleWord(long offset) throws MalformedFileException {
    long first = unsignedWord(offset);
    long second = unsignedWord(offset + 4);
    return isBigEndian ? first << 32 | second : second << 32 | first;
  }

  /** Checks a range, and gives its start. */
  int check(long offset, long size) throws MalformedFileException {
    if (offset < 0 || size < 0 || offset > bytes.length || size > bytes.length - offset) {
      throw new MalformedFileException(size + " bytes at " + offset + " of " + bytes.length);
    }
    return (int) offset;
  }

  /**
   * Where the NUL-terminated name that starts at an offset ends; the end of the bytes when no NUL
   * follows.
   */
  int nameEnd(int offset, int limit) {
    int end = offset;
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    return end;
  }

  /** A stretch as text. */
  String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
