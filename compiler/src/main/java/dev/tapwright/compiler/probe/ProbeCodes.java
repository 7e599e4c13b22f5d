package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** The codes of diagnostics about probe points. */
public final class ProbeCodes {
  /** No family or alias has such a component. */
  public static final DiagnosticCode MISMATCH = new DiagnosticCode("probe-point-mismatch");

  /** The point lacks components at its end. */
  public static final DiagnosticCode TRUNCATED = new DiagnosticCode("probe-point-truncated");

  /** The point has components after the end of what is known. */
  public static final DiagnosticCode INVALID_SUFFIX = new DiagnosticCode("probe-point-suffix");

  /** The form is known, and nothing of that name exists on the target. */
  public static final DiagnosticCode NO_MATCH = new DiagnosticCode("probe-point-no-match");

  /** An argument is out of range. */
  public static final DiagnosticCode ARGUMENT = new DiagnosticCode("probe-point-argument");

  /** The form is one that Tapwright does not know yet. */
  public static final DiagnosticCode NOT_SUPPORTED =
      new DiagnosticCode("probe-point-not-supported");

  /** The kernel was built without the means to attach to its functions. */
  public static final DiagnosticCode KPROBES_UNAVAILABLE =
      new DiagnosticCode("kprobes-unavailable");

  /** A function was found by its name; the source file behind it was not looked at. */
  public static final DiagnosticCode SOURCE_FILE = new DiagnosticCode("source-file");

  /** An alias leads back to itself. */
  public static final DiagnosticCode ALIAS_RECURSION = new DiagnosticCode("alias-recursion");

  private ProbeCodes() {}
}
