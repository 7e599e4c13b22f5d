package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;

/**
 * {@code %{ … %}}: code in another language.
 *
 * @param span with the marks
 * @param code the characters between the marks
 */
public record EmbeddedCode(Span span, String code) implements FunctionBody {}
