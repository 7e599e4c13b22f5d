package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ProbePointText;
import dev.tapwright.syntax.tree.Expression;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * String literals as SystemTap prints them: it keeps escapes as they were written, but for those
 * that stand for the character behind the backslash.
 */
final class WrittenString {
  private static final Pattern LITERALS =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*+\"(?:\\s*\"(?:[^\"\\\\]|\\\\.)*+\")*+", Pattern.DOTALL);
  private static final Pattern LITERAL =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"", Pattern.DOTALL);

  /** What a backslash stays before. */
  private static final String KEPT = "abtnvfr\\01234567x";

  private WrittenString() {}

  /** A literal between quotes. */
  static String quoted(Expression.StringLiteral literal) {
    return '"' + content(literal).replace("\"", "\\\"") + '"';
  }

  /** A format or delimiter between quotes: each backslash is escaped once more. */
  static String quotedFormat(Expression.StringLiteral literal) {
    return '"' + content(literal).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String content(Expression.StringLiteral literal) {
    String text = literal.span().text();
    if (!LITERALS.matcher(text).matches()) {
      // Of a macro, an argument of the script, or computed from other literals.
      String quoted = ProbePointText.quoted(literal.value());
      return kept(quoted.substring(1, quoted.length() - 1));
    }
    StringBuilder content = new StringBuilder();
    Matcher literals = LITERAL.matcher(text);
    while (literals.find()) {
      content.append(kept(literals.group(1)));
    }
    return content.toString();
  }

  private static String kept(String escaped) {
    if (escaped.indexOf('\\') < 0) {
      return escaped;
    }
    StringBuilder kept = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char character = escaped.charAt(i);
      if (character == '\\' && i + 1 < escaped.length()) {
        i++;
        kept.append(KEPT.indexOf(escaped.charAt(i)) < 0 ? "" : "\\");
      }
      kept.append(escaped.charAt(i));
    }
    return kept.toString();
  }
}
