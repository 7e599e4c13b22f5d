package dev.tapwright.syntax;

import java.util.List;

/**
 * A stretch of a source text: from {@code start}, up to and without {@code end}, in offsets of {@link SourceText#text()}.
 *
 * @param source the text it lies in: where the characters were written, which for a token made by a macro is the macro's body
 * @param expansions for a token that a macro made, the uses of macros that led to it, innermost first; else empty
 */
public record Span(SourceText source, int start, int end, List<Span> expansions) {
  /** Checks the bounds. */
  public Span {
    if (start < 0 || end < start || end > source.text().length()) {
      throw new IllegalArgumentException("span " + start + ".." + end + " of " + source.text().length());
    }
    expansions = List.copyOf(expansions);
  }

  /** A span that no macro made. */
  public Span(SourceText source, int start, int end) {
    this(source, start, end, List.of());
  }

  /** Where the reader of the script looks: the outermost macro use, or this span itself. */
  public Span outermost() {
    return expansions.isEmpty() ? this : expansions.getLast();
  }

  /** The characters. */
  public String text() {
    return source.text().substring(start, end);
  }

  /** The 1-based line of the start. */
  public int line() {
    return source.lineOf(start) + 1;
  }

  /** The 1-based column of the start, counted in UTF-16 units. */
  public int column() {
    return start - source.lineStart(source.lineOf(start)) + 1;
  }

  /** From the start of this span to the end of another; where they lie in different texts, this span. */
  public Span to(Span last) {
    return source == last.source && last.end >= start ? new Span(source, start, last.end, expansions) : this;
  }

  @Override
  public String toString() {
    return source.name() + ":" + line() + ":" + column();
  }
}
