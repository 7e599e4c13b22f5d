package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import java.util.List;
import java.util.Optional;

/** A part of a probe point between dots. */
public sealed interface ProbeComponent extends Node {
  /**
   * {@code name} or {@code name(argument)}.
   *
   * @param name may hold {@code *} wildcards
   * @param nameSpan the name alone
   */
  record Named(Span span, String name, Span nameSpan, Optional<Expression.Literal> argument)
      implements ProbeComponent {}

  /**
   * {@code {a, b.c}}: stands for each of its alternatives in turn.
   *
   * @param alternatives at least one
   */
  record Group(Span span, List<ProbePoint> alternatives) implements ProbeComponent {
    /** Copies the list. */
    public Group {
      alternatives = List.copyOf(alternatives);
    }
  }
}
