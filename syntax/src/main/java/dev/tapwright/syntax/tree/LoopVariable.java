package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;

/**
 * A variable that {@code foreach} sets.
 *
 * @param span with its sort mark
 * @param sort whether the loop runs in this variable's order
 */
public record LoopVariable(Span span, Identifier name, SortDirection sort) implements Node {}
