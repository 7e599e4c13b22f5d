package dev.tapwright.server.feature;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/** A hover as it grows: paragraphs in Markdown, or the same without marks. */
final class HoverText {
  private final boolean isMarkdown;
  private final List<String> paragraphs = new ArrayList<>();

  HoverText(boolean isMarkdown) {
    this.isMarkdown = isMarkdown;
  }

  /** Script text on lines of its own. */
  HoverText script(String text) {
    paragraphs.add(isMarkdown ? "```systemtap\n" + text + "\n```" : text);
    return this;
  }

  /** A paragraph, which may hold {@link #code} and {@link #strong}. */
  HoverText paragraph(String text) {
    paragraphs.add(text);
    return this;
  }

  /** A list. */
  HoverText list(List<String> items) {
    if (!items.isEmpty()) {
      paragraphs.add("- " + String.join("\n- ", items));
    }
    return this;
  }

  /** A piece of code within a line. */
  String code(String text) {
    return isMarkdown ? "`" + text + "`" : text;
  }

  /** A word to see first. */
  String strong(String text) {
    return isMarkdown ? "**" + text + "**" : text;
  }

  /** The whole. */
  MarkupContent content() {
    return new MarkupContent(
        isMarkdown ? MarkupKind.MARKDOWN : MarkupKind.PLAINTEXT, String.join("\n\n", paragraphs));
  }
}
