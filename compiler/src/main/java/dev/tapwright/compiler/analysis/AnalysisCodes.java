package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/**
 * The codes of the diagnostics that analysis itself reports; those about probe points are in {@code
 * ProbeCodes}.
 */
public final class AnalysisCodes {
  /** No function of that name. */
  public static final DiagnosticCode UNRESOLVED_FUNCTION =
      new DiagnosticCode("unresolved-function");

  /** A function is called with more or fewer arguments than it has parameters. */
  public static final DiagnosticCode FUNCTION_ARITY = new DiagnosticCode("function-arity");

  /** Something is used as an array, and no global declares it. */
  public static final DiagnosticCode UNRESOLVED_ARRAY = new DiagnosticCode("unresolved-array");

  /** An array is used with another number of indexes than before. */
  public static final DiagnosticCode ARRAY_ARITY = new DiagnosticCode("array-arity");

  /** Two types meet that do not agree. */
  public static final DiagnosticCode TYPE_MISMATCH = new DiagnosticCode("type-mismatch");

  /** No use says which type something has. */
  public static final DiagnosticCode UNRESOLVED_TYPE = new DiagnosticCode("unresolved-type");

  /** A type stands where it cannot. */
  public static final DiagnosticCode INVALID_TYPE = new DiagnosticCode("invalid-type");

  /** A local variable is used as a statistic. */
  public static final DiagnosticCode LOCAL_STATISTIC = new DiagnosticCode("local-statistic");

  /** What is assigned to cannot be assigned to. */
  public static final DiagnosticCode NOT_ASSIGNABLE = new DiagnosticCode("not-assignable");

  /** {@code delete} of something that cannot be deleted. */
  public static final DiagnosticCode INVALID_DELETE = new DiagnosticCode("invalid-delete");

  /** {@code *} as an index where an element is meant. */
  public static final DiagnosticCode WILDCARD_INDEX = new DiagnosticCode("wildcard-index");

  /** A format and its arguments differ in number. */
  public static final DiagnosticCode FORMAT_ARGUMENTS = new DiagnosticCode("format-arguments");

  /** An array is changed while it is walked. */
  public static final DiagnosticCode FOREACH_MODIFICATION =
      new DiagnosticCode("foreach-modification");

  /** {@code break} or {@code continue} outside a loop. */
  public static final DiagnosticCode OUTSIDE_LOOP = new DiagnosticCode("outside-loop");

  /** A probe's condition does what it must not. */
  public static final DiagnosticCode CONDITION = new DiagnosticCode("probe-condition");

  /** {@code %} or a size on a variable that is no array. */
  public static final DiagnosticCode SCALAR_SIZE = new DiagnosticCode("scalar-size");

  /** Uses of one statistic that do not agree, or that it cannot have. */
  public static final DiagnosticCode STATISTIC = new DiagnosticCode("statistic");

  /** A regular expression that is none. */
  public static final DiagnosticCode REGEX = new DiagnosticCode("regex");

  /** An alias has a name that it cannot have. */
  public static final DiagnosticCode ALIAS_NAME = new DiagnosticCode("alias-name");

  /** Statements, expressions or braces in one another deeper than is read. */
  public static final DiagnosticCode NESTING = new DiagnosticCode("nesting");

  /** No context variable of that name where it is used. */
  public static final DiagnosticCode UNKNOWN_CONTEXT_VARIABLE =
      new DiagnosticCode("unknown-context-variable");

  /** No member of that name. */
  public static final DiagnosticCode UNKNOWN_MEMBER = new DiagnosticCode("unknown-member");

  /** No C type of that name. */
  public static final DiagnosticCode UNKNOWN_C_TYPE = new DiagnosticCode("unknown-c-type");

  /** Data of the traced program is used as its C type does not allow. */
  public static final DiagnosticCode CONTEXT_ACCESS = new DiagnosticCode("context-access");

  /** Data of the traced program is written. */
  public static final DiagnosticCode CONTEXT_WRITE = new DiagnosticCode("context-write");

  /** Of the language, and not carried yet. */
  public static final DiagnosticCode NOT_SUPPORTED = new DiagnosticCode("not-supported");

  /** There is nothing to run. */
  public static final DiagnosticCode NO_PROBES = new DiagnosticCode("no-probes");

  /** A variable is read and nowhere written. */
  public static final DiagnosticCode NEVER_ASSIGNED = new DiagnosticCode("never-assigned");

  /** A value is stored and nowhere read. */
  public static final DiagnosticCode UNUSED_ASSIGNMENT = new DiagnosticCode("unused-assignment");

  /** An expression does nothing. */
  public static final DiagnosticCode NO_EFFECT = new DiagnosticCode("no-effect");

  /** A handler does nothing. */
  public static final DiagnosticCode ELIDED_PROBE = new DiagnosticCode("elided-probe");

  /** A library file uses a variable that the script declares. */
  public static final DiagnosticCode CROSS_FILE = new DiagnosticCode("cross-file-reference");

  private AnalysisCodes() {}
}
