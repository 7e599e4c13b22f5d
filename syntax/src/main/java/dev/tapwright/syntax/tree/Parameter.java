package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import java.util.Optional;

/**
 * A function's parameter.
 *
 * @param span with its type
 */
public record Parameter(Span span, Identifier name, Optional<TypeName> type) implements Node {}
