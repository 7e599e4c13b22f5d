package dev.tapwright.syntax.diagnostic;

import dev.tapwright.syntax.Span;
import java.util.Optional;

/**
 * A further remark on a diagnostic, such as where a type was first inferred.
 *
 * @param span the place it speaks of, if it speaks of one
 * @param message the remark
 */
public record Note(Optional<Span> span, String message) {}
