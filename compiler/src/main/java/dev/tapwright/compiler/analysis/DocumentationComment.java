package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import java.util.ArrayDeque;
import java.util.Deque;

/** The comment right above a declaration: lines of {@code #} or {@code //}, or one block. */
public final class DocumentationComment {
  private DocumentationComment() {}

  /** The comment without its marks; empty when there is none. */
  public static String above(Span declaration) {
    SourceText source = declaration.source();
    int last = source.lineOf(declaration.start()) - 1;
    if (last < 0) {
      return "";
    }
    return source.line(last).strip().endsWith("*/") ? block(source, last) : lines(source, last);
  }

  /** The first sentence of a comment, on one line. */
  public static String summary(String comment) {
    String line = comment.strip().replaceAll("\\s+", " ");
    for (int end = line.indexOf(". "); end >= 0; end = line.indexOf(". ", end + 1)) {
      if (end + 2 < line.length() && Character.isUpperCase(line.charAt(end + 2))) {
        return line.substring(0, end + 1);
      }
    }
    return line;
  }

  private static String lines(SourceText source, int last) {
    Deque<String> lines = new ArrayDeque<>();
    for (int line = last; line >= 0; line--) {
      String text = source.line(line).strip();
      if (!text.startsWith("#") && !text.startsWith("//")) {
        break;
      }
      lines.addFirst(text.replaceFirst("^(#+|/{2,})\\s?", ""));
    }
    return String.join("\n", lines).strip();
  }

  private static String block(SourceText source, int last) {
    Deque<String> lines = new ArrayDeque<>();
    for (int line = last; line >= 0; line--) {
      String text = source.line(line).strip();
      boolean isFirst = text.startsWith("/*");
      if (isFirst) {
        text = text.replaceFirst("^/\\*+\\s?", "");
      }
      if (line == last) {
        text = text.replaceFirst("\\s*\\*+/$", "");
      }
      lines.addFirst(isFirst ? text : text.replaceFirst("^\\*\\s?", ""));
      if (isFirst) {
        return String.join("\n", lines).strip();
      }
      if (line < last && text.contains("*/")) {
        break;
      }
    }
    // What ends in a comment's mark need not be a comment.
    return "";
  }
}
