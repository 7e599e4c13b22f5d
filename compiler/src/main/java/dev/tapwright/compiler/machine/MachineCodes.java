package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** The diagnostics of compiling for the user-space machine. */
public final class MachineCodes {
  /** What no placement carries yet, or not user space. */
  public static final DiagnosticCode NOT_SUPPORTED = new DiagnosticCode("user-not-supported");

  private MachineCodes() {}
}
