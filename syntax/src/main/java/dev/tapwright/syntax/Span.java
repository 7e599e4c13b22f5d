package dev.tapwright.syntax;

import java.util.List;

/**
 * A stretch of a source text: from {@code start}, up to and without {@code end}, in offsets of
 * {@link SourceText#text()}.
 *
 * @param source the text it lies in: where the characters were written, which for a token made by a
 *     macro is the macro's body
 * @param expansions for a token that a macro made, the uses of macros that led to it, innermost
 *     first; else empty
 * @param substitute what an argument of the script brought in the place of {@code $1}; else empty
 */
public record Span(
    SourceText source, int start, int end, List<Span> expansions, String substitute) {
  /** Checks the bounds. */
  public Span {
    if (start < 0 || end < start || end > source.text().length()) {
      throw new IllegalArgumentException(
          "span " + start + ".." + end + " of " + source.text().length());
    }
    expansions = List.copyOf(expansions);
  }

  /** A span without an argument of the script. */
  public Span(SourceText source, int start, int end, List<Span> expansions) {
    this(source, start, end, expansions, "");
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

  /**
   * From the start of this span to the end of another. Where macros brought the two from different
   * places, what they have in common: the uses of the macros in the text that holds both.
   */
  public Span to(Span last) {
    int common = 0;
    while (common < expansions.size()
        && common < last.expansions.size()
        && expansions
            .get(expansions.size() - 1 - common)
            .equals(last.expansions.get(last.expansions.size() - 1 - common))) {
      common++;
    }
    Span first = outer(expansions.size() - common);
    Span second = last.outer(last.expansions.size() - common);
    return first.source == second.source && second.end >= first.start
        ? new Span(first.source, first.start, second.end, first.expansions, first.substitute)
        : first;
  }

  /**
   * The place that the first so many uses of macros, innermost first, come from; for 0 this span.
   */
  private Span outer(int uses) {
    if (uses == 0) {
      return this;
    }
    Span use = expansions.get(uses - 1);
    return new Span(use.source, use.start, use.end, expansions.subList(uses, expansions.size()));
  }

  @Override
  public String toString() {
    return source.name() + ":" + line() + ":" + column();
  }
}
