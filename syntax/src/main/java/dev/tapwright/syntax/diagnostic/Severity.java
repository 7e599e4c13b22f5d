package dev.tapwright.syntax.diagnostic;

/** How bad a diagnostic is. Only an {@link #ERROR} stops compilation. */
public enum Severity {
  /** The script cannot be compiled. */
  ERROR,
  /** The script compiles, and something in it is probably not meant. */
  WARNING,
  /** Something worth knowing. */
  INFORMATION
}
