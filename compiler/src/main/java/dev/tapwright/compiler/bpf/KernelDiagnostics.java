package dev.tapwright.compiler.bpf;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** What this stage complains of. */
public final class KernelDiagnostics {
  /** A loop in a kernel probe. */
  public static final DiagnosticCode LOOP = new DiagnosticCode("bpf-loop");

  /** A string of a kernel probe that is made at run time. */
  public static final DiagnosticCode STRING = new DiagnosticCode("bpf-string");

  /** Something of a statistic in a kernel probe. */
  public static final DiagnosticCode STATISTIC = new DiagnosticCode("bpf-statistic");

  /** More instructions than the kernel takes. */
  public static final DiagnosticCode TOO_MANY_INSTRUCTIONS =
      new DiagnosticCode("bpf-too-many-instructions");

  /** More maps than the kernel takes in one program. */
  public static final DiagnosticCode TOO_MANY_MAPS = new DiagnosticCode("bpf-too-many-maps");

  /** More than 512 bytes of stack. */
  public static final DiagnosticCode STACK = new DiagnosticCode("bpf-stack");

  /** A helper that the kernel does not have. */
  public static final DiagnosticCode HELPER = new DiagnosticCode("bpf-helper");

  /** A function that calls itself. */
  public static final DiagnosticCode RECURSION = new DiagnosticCode("bpf-recursion");

  /** A counter that cannot be read. */
  public static final DiagnosticCode COUNTER = new DiagnosticCode("bpf-counter");

  /** Whatever else is not carried yet. */
  public static final DiagnosticCode NOT_SUPPORTED = new DiagnosticCode("bpf-not-supported");

  private KernelDiagnostics() {}
}
