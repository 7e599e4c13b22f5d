package dev.tapwright.syntax.tree;

/** An operator between two operands, other than assignments. */
public enum BinaryOperator {
  LOGICAL_OR("||", 3),
  LOGICAL_AND("&&", 4),
  OR("|", 5),
  EXCLUSIVE_OR("^", 6),
  AND("&", 7),
  LESS("<", 9),
  GREATER(">", 9),
  LESS_OR_EQUAL("<=", 9),
  GREATER_OR_EQUAL(">=", 9),
  EQUAL("==", 9),
  NOT_EQUAL("!=", 9),
  SHIFT_LEFT("<<", 10),
  /** {@code >>}: keeps the sign. */
  SHIFT_RIGHT(">>", 10),
  /** {@code >>>}: fills with zeros. */
  SHIFT_RIGHT_UNSIGNED(">>>", 10),
  /** {@code .}. */
  CONCATENATE(".", 11),
  ADD("+", 12),
  SUBTRACT("-", 12),
  MULTIPLY("*", 13),
  DIVIDE("/", 13),
  MODULO("%", 13);

  private final String symbol;
  private final int level;

  BinaryOperator(String symbol, int level) {
    this.symbol = symbol;
    this.level = level;
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }

  /**
   * How tightly it binds, among all of the language's operators: assignments are 1, {@code ?:} 2,
   * {@code in} 8, unary operators 14. All of these group to the left.
   */
  public int level() {
    return level;
  }

  /**
   * Whether it is {@code < > <= >= == !=}, which take two numbers or two strings and give 0 or 1.
   */
  public boolean isComparison() {
    return compareTo(LESS) >= 0 && compareTo(NOT_EQUAL) <= 0;
  }
}
