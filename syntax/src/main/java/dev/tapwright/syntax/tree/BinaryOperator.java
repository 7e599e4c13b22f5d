package dev.tapwright.syntax.tree;

/** An operator between two operands, other than assignments. */
public enum BinaryOperator {
  LOGICAL_OR("||"),
  LOGICAL_AND("&&"),
  OR("|"),
  EXCLUSIVE_OR("^"),
  AND("&"),
  LESS("<"),
  GREATER(">"),
  LESS_OR_EQUAL("<="),
  GREATER_OR_EQUAL(">="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  SHIFT_LEFT("<<"),
  /** {@code >>}: keeps the sign. */
  SHIFT_RIGHT(">>"),
  /** {@code >>>}: fills with zeros. */
  SHIFT_RIGHT_UNSIGNED(">>>"),
  /** {@code .}. */
  CONCATENATE("."),
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  MODULO("%");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }

  /** Whether it is {@code < > <= >= == !=}, which take two numbers or two strings and give 0 or 1. */
  public boolean isComparison() {
    return compareTo(LESS) >= 0 && compareTo(NOT_EQUAL) <= 0;
  }
}
