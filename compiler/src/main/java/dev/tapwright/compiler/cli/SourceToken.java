package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.Span;
import java.util.List;
import java.util.Set;

/**
 * The token at the start of a span, as SystemTap's messages call it.
 *
 * @param kind {@code identifier}, {@code keyword}, {@code number}, {@code string} or {@code operator}
 * @param content its characters
 */
record SourceToken(String kind, String content) {
  private static final Set<String> KEYWORDS =
      Set.of(
          "probe", "global", "private", "function", "if", "else", "for", "foreach", "in", "limit", "return", "delete",
          "while", "break", "continue", "next", "string", "long", "try", "catch");

  /** Longest first. */
  private static final List<String> OPERATORS =
      List.of(
          "<<<", ">>>", "<<=", ">>=", "==", "!=", "<=", ">=", "=~", "!~", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=",
          ".=", "&&", "||", "++", "--", "->", "<<", ">>");

  static SourceToken at(Span span) {
    String text = span.source().text();
    int start = span.start();
    char first = text.charAt(start);
    if (isNameStart(first)) {
      int end = start + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      String name = text.substring(start, end);
      return new SourceToken(KEYWORDS.contains(name) ? "keyword" : first == '@' ? "operator" : "identifier", name);
    }
    if (first >= '0' && first <= '9') {
      int end = start;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      return new SourceToken("number", text.substring(start, end));
    }
    if (first == '"') {
      String written = span.text();
      boolean isWhole = written.length() >= 2 && written.endsWith("\"");
      return new SourceToken("string", isWhole ? written.substring(1, written.length() - 1) : written.substring(1));
    }
    return new SourceToken(
        "operator",
        OPERATORS.stream()
            .filter(operator -> text.startsWith(operator, start))
            .findFirst()
            .orElseGet(() -> String.valueOf(first)));
  }

  /** {@code identifier 'x'}; a keyword alone. */
  String description() {
    return kind.equals("keyword") ? kind : kind + " '" + content + "'";
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '@';
  }

  private static boolean isNamePart(char c) {
    return (isNameStart(c) && c != '@') || (c >= '0' && c <= '9');
  }
}
