package dev.tapwright.syntax.tree;

/** An operator before its one operand. */
public enum UnaryOperator {
  PLUS("+"),
  MINUS("-"),
  /** {@code !}: 1 for zero, else 0. */
  NOT("!"),
  COMPLEMENT("~");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }
}
