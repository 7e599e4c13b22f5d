package dev.tapwright.server.feature;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import java.util.ArrayDeque;
import java.util.Deque;

/** Comments as documentation. */
final class Comments {
  private Comments() {}

  /**
   * The comment lines right above a declaration, without their marks; empty when there are none.
   */
  static String above(Span declaration) {
    SourceText source = declaration.source();
    Deque<String> lines = new ArrayDeque<>();
    for (int line = source.lineOf(declaration.start()) - 1; line >= 0; line--) {
      String text = source.line(line).strip();
      if (text.startsWith("#") || text.startsWith("//")) {
        lines.addFirst(text.replaceFirst("^(#+|/{2,})\\s?", ""));
      } else {
        break;
      }
    }
    return String.join("\n", lines).strip();
  }

  /** A text on one line. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
