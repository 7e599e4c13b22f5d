package dev.tapwright.compiler.assembler;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** The diagnostics of embedded assembler. */
public final class AssemblyCodes {
  /** A mistake in a block of assembler. */
  public static final DiagnosticCode ASSEMBLER = new DiagnosticCode("assembler");

  private AssemblyCodes() {}
}
