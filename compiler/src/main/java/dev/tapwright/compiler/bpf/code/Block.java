package dev.tapwright.compiler.bpf.code;

import dev.tapwright.syntax.Span;
import java.util.List;

/**
 * A stretch of steps without a jump into or out of its middle.
 *
 * @param end how it ends
 * @param endSpan the source of its end
 * @param turns how often it is run at most, as far as loops are counted by what the verifier
 *     follows
 * @param isRare whether it runs only when something goes wrong, so that it may stand out of the way
 */
public record Block(List<Line> lines, Terminator end, Span endSpan, long turns, boolean isRare) {
  /** Copies the list. */
  public Block {
    lines = List.copyOf(lines);
  }

  /** A step and its source. */
  public record Line(Step step, Span span) {}

  /** The same block with other steps. */
  Block withLines(List<Line> other) {
    return new Block(other, end, endSpan, turns, isRare);
  }

  /** The same block out of the way. */
  Block asRare() {
    return new Block(lines, end, endSpan, turns, true);
  }

  /** The same block with another end. */
  @SuppressWarnings("ReferenceEquality") // most ends stay as they are
  Block withEnd(Terminator other) {
    return other == end ? this : new Block(lines, other, endSpan, turns, isRare);
  }
}
