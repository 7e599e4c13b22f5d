package dev.tapwright.syntax.diagnostic;

import dev.tapwright.syntax.Span;
import java.util.Optional;

/**
 * A further remark on a diagnostic, such as where a type was first inferred.
 *
 * @param span the place it speaks of, if it speaks of one
 * @param message the remark
 * @param isContext whether it tells what was being done, such as {@code while resolving probe
 *     point}: a command line prints that before the diagnostic's own message
 */
public record Note(Optional<Span> span, String message, boolean isContext) {
  /** A remark that explains the diagnostic. */
  public Note(Optional<Span> span, String message) {
    this(span, message, false);
  }
}
