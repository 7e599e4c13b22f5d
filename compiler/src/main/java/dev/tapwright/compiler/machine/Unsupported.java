package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;

/** Ends the compilation of one statement. Never leaves {@link UserCompiler}. */
final class Unsupported extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  Unsupported(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  /** Something that the language has and the machine has not. */
  static Unsupported yet(Span span, String what) {
    return new Unsupported(
        Diagnostic.error(
            MachineCodes.NOT_SUPPORTED, span, what + " not supported yet in user-placed handlers"));
  }

  /** Something that makes no sense in user space, and why. */
  static Unsupported here(Span span, String reason) {
    return new Unsupported(Diagnostic.error(MachineCodes.NOT_SUPPORTED, span, reason));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
