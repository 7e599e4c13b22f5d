package dev.tapwright.syntax.parser;

/**
 * Compares versions as the C library's {@code strverscmp} does: runs of digits by their value, the
 * rest by characters. A run that begins with a zero counts as the digits behind a decimal point:
 * {@code 00 < 01 < 010 < 09 < 0 < 1 < 9 < 10}.
 */
public final class VersionOrder {
  private VersionOrder() {}

  /** Less than, equal to or greater than 0, as the left is before, equal to or behind the right. */
  public static int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      int leftEnd = endOfDigits(left, i);
      int rightEnd = endOfDigits(right, j);
      int order =
          leftEnd > i && rightEnd > j
              ? compareDigits(left.substring(i, leftEnd), right.substring(j, rightEnd))
              : Character.compare(left.charAt(i), right.charAt(j));
      if (order != 0) {
        return order;
      }
      i = Math.max(leftEnd, i + 1);
      j = Math.max(rightEnd, j + 1);
    }
    return Integer.compare(left.length() - i, right.length() - j);
  }

  private static int compareDigits(String left, String right) {
    if (left.charAt(0) != '0' && right.charAt(0) != '0') {
      return left.length() == right.length()
          ? left.compareTo(right)
          : Integer.compare(left.length(), right.length());
    }
    String shorter = left.length() <= right.length() ? left : right;
    boolean isPrefix = (left.length() <= right.length() ? right : left).startsWith(shorter);
    boolean isZero = shorter.chars().allMatch(digit -> digit == '0');
    // More zeros is less; more digits behind anything else is more.
    return isPrefix && isZero
        ? Integer.compare(right.length(), left.length())
        : left.compareTo(right);
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
