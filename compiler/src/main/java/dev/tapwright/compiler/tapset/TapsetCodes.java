package dev.tapwright.compiler.tapset;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** The codes of the diagnostics about the library itself. */
public final class TapsetCodes {
  /** A file of the library has errors. */
  public static final DiagnosticCode BROKEN_FILE = new DiagnosticCode("broken-tapset-file");

  private TapsetCodes() {}
}
