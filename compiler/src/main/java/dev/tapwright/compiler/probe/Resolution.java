package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a family found at a probe point. */
public sealed interface Resolution {
  /**
   * The places.
   *
   * @param matches at least one
   */
  record Found(List<ProbeMatch> matches) implements Resolution {
    /** Copies the list. */
    public Found {
      matches = List.copyOf(matches);
    }
  }

  /**
   * Nothing.
   *
   * @param message why, in SystemTap's words where it has them; asked for only where the point must
   *     exist, for to find similar names takes time
   * @param span the place, when it is a part of the point
   */
  record NotFound(DiagnosticCode code, Supplier<String> message, Optional<Span> span)
      implements Resolution {}

  /**
   * A form that SystemTap knows and Tapwright does not yet: an error even where the point is
   * optional, since it may well exist.
   *
   * @param message what is not supported
   */
  record NotSupported(String message, Optional<Span> span) implements Resolution {}

  /** One place. */
  static Resolution found(ProbeMatch match) {
    return new Found(List.of(match));
  }

  /** Nothing, without a place of its own. */
  static Resolution notFound(DiagnosticCode code, String message) {
    return notFound(code, () -> message);
  }

  /** Nothing, for a reason that takes time to word. */
  static Resolution notFound(DiagnosticCode code, Supplier<String> message) {
    return new NotFound(code, message, Optional.empty());
  }
}
