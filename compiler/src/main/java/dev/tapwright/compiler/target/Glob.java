package dev.tapwright.compiler.target;

import java.nio.charset.StandardCharsets;

/**
 * A pattern of the shell: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, and a backslash that
 * takes a character's meaning away. It works on bytes, so that tables of a hundred thousand names
 * are searched without making strings of them.
 */
public final class Glob {
  private final byte[] pattern;
  private final boolean isLiteral;

  private Glob(byte[] pattern) {
    this.pattern = pattern;
    this.isLiteral = literal(pattern);
  }

  /** The pattern of that text. */
  public static Glob of(String text) {
    return new Glob(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text has anything in it that makes it more than a plain name. */
  public static boolean isPattern(String text) {
    return !literal(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the pattern matches a whole name. */
  public boolean matches(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return matches(bytes, 0, bytes.length);
  }

  /** Whether the pattern matches the bytes from {@code start} up to {@code end}. */
  boolean matches(byte[] bytes, int start, int end) {
    if (isLiteral) {
      return end - start == pattern.length
          && java.util.Arrays.equals(bytes, start, end, pattern, 0, pattern.length);
    }
    int at = start;
    int next = 0;
    // Only the last star has to be tried again: an earlier one cannot do better by taking more.
    int star = -1;
    int starAt = 0;
    while (at < end) {
      if (next < pattern.length && pattern[next] == '*') {
        star = next++;
        starAt = at;
        continue;
      }
      int after = next < pattern.length ? matchOne(next, bytes[at]) : -1;
      if (after >= 0) {
        next = after;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (next < pattern.length && pattern[next] == '*') {
      next++;
    }
    return next == pattern.length;
  }

  /** Matches one byte; gives the place in the pattern after the piece that matched, or -1. */
  private int matchOne(int piece, byte value) {
    return switch (pattern[piece]) {
      case '?' -> piece + 1;
      case '[' -> matchSet(piece, value);
      case '\\' -> {
        int escaped = piece + 1 < pattern.length ? piece + 1 : piece;
        yield pattern[escaped] == value ? escaped + 1 : -1;
      }
      default -> pattern[piece] == value ? piece + 1 : -1;
    };
  }

  /** Matches {@code [a-z]}; a bracket that is never closed stands for itself. */
  private int matchSet(int piece, byte value) {
    int at = piece + 1;
    boolean isNegated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
    if (isNegated) {
      at++;
    }
    int character = value & 0xff;
    boolean isInside = false;
    for (int first = at; at < pattern.length && (pattern[at] != ']' || at == first); at++) {
      int low = pattern[at] & 0xff;
      int high = low;
      if (at + 2 < pattern.length && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
        high = pattern[at + 2] & 0xff;
        at += 2;
      }
      isInside |= low <= character && character <= high;
    }
    if (at >= pattern.length) {
      return value == '[' ? piece + 1 : -1;
    }
    return isInside != isNegated ? at + 1 : -1;
  }

  private static boolean literal(byte[] pattern) {
    for (byte character : pattern) {
      if (character == '*' || character == '?' || character == '[' || character == '\\') {
        return false;
      }
    }
    return true;
  }
}
