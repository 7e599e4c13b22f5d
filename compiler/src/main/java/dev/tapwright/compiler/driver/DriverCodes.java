package dev.tapwright.compiler.driver;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** The codes of the diagnostics about what no run time of BPF has. */
public final class DriverCodes {
  /** A handler reaches embedded C code. */
  public static final DiagnosticCode EMBEDDED_CODE = new DiagnosticCode("embedded-code");

  /** A probe point is one that nothing here can attach to. */
  public static final DiagnosticCode NOT_CARRIED = new DiagnosticCode("probe-not-carried");

  private DriverCodes() {}
}
