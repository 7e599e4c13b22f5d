package dev.tapwright.syntax.parser;

/**
 * Matches names with the shell's patterns: {@code * ? [abc] [a-z] [!x]} and {@code \} before a
 * character.
 */
final class Glob {
  private Glob() {}

  /** Whether a text has a character that makes it a pattern. */
  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /**
   * Whether a pattern matches the whole of a text, in time proportional to the product of their
   * lengths.
   */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      int next = p < pattern.length() ? matchOne(pattern, p, text.charAt(t)) : -1;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = ++p;
        resume = t;
      } else if (next >= 0) {
        p = next;
        t++;
      } else if (star >= 0) {
        p = star;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Index behind the piece of the pattern that matches a character, or -1. */
  private static int matchOne(String pattern, int at, char character) {
    char first = pattern.charAt(at);
    if (first == '?') {
      return at + 1;
    }
    if (first == '\\' && at + 1 < pattern.length()) {
      return pattern.charAt(at + 1) == character ? at + 2 : -1;
    }
    if (first != '[') {
      return first == character ? at + 1 : -1;
    }
    int i = at + 1;
    boolean isNegated =
        i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^');
    if (isNegated) {
      i++;
    }
    boolean found = false;
    for (int start = i; i < pattern.length() && (pattern.charAt(i) != ']' || i == start); i++) {
      char low = pattern.charAt(i);
      char high = low;
      if (i + 2 < pattern.length()
          && pattern.charAt(i + 1) == '-'
          && pattern.charAt(i + 2) != ']') {
        high = pattern.charAt(i + 2);
        i += 2;
      }
      found |= low <= character && character <= high;
    }
    if (i >= pattern.length()) {
      // Nobody closes it: an ordinary character.
      return character == '[' ? at + 1 : -1;
    }
    return found != isNegated ? i + 1 : -1;
  }
}
