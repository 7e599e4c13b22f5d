package dev.tapwright.syntax.tree;

/** A type written in the script. */
public enum TypeName {
  /** {@code long}: a signed 64-bit number. */
  LONG,
  /** {@code string}. */
  STRING
}
