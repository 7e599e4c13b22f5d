package dev.tapwright.syntax.diagnostic;

import dev.tapwright.syntax.Span;

/**
 * A change of the text that mends what a diagnostic complains of.
 *
 * @param title what the change does, as a menu entry
 * @param span the text to replace
 * @param replacement what to put there
 */
public record Fix(String title, Span span, String replacement) {}
