package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;

/** What may stand between the brackets of an array: an expression, or {@code *} for any value. */
public sealed interface IndexElement extends Node permits Expression, IndexElement.Wildcard {
  /** {@code *}. */
  record Wildcard(Span span) implements IndexElement {}
}
