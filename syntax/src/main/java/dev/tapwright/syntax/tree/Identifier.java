package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;

/**
 * A name where it is declared or where only a name can stand.
 *
 * @param span the name itself
 * @param name its characters
 */
public record Identifier(Span span, String name) implements Node {}
