package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** Leaves the resolution of an access with what is wrong; never leaves this package. */
final class AccessFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  AccessFault(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  AccessFault(DiagnosticCode code, Span span, String message) {
    this(Diagnostic.error(code, span, message));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
