package dev.tapwright.syntax.tree;

import java.util.Optional;

/** An operator that stores. */
public enum AssignmentOperator {
  ASSIGN("=", null),
  /** {@code <<<}: adds a value to a statistic. */
  AGGREGATE("<<<", null),
  ADD("+=", BinaryOperator.ADD),
  SUBTRACT("-=", BinaryOperator.SUBTRACT),
  MULTIPLY("*=", BinaryOperator.MULTIPLY),
  DIVIDE("/=", BinaryOperator.DIVIDE),
  MODULO("%=", BinaryOperator.MODULO),
  SHIFT_LEFT("<<=", BinaryOperator.SHIFT_LEFT),
  SHIFT_RIGHT(">>=", BinaryOperator.SHIFT_RIGHT),
  AND("&=", BinaryOperator.AND),
  EXCLUSIVE_OR("^=", BinaryOperator.EXCLUSIVE_OR),
  OR("|=", BinaryOperator.OR),
  CONCATENATE(".=", BinaryOperator.CONCATENATE);

  private final String symbol;
  private final Optional<BinaryOperator> operation;

  AssignmentOperator(String symbol, @org.jspecify.annotations.Nullable BinaryOperator operation) {
    this.symbol = symbol;
    this.operation = Optional.ofNullable(operation);
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }

  /** What is done with the old value before it is stored; empty for {@code =} and {@code <<<}. */
  public Optional<BinaryOperator> operation() {
    return operation;
  }
}
