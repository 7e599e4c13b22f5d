package dev.tapwright.compiler.machine;

/** An operator of two numbers. */
public enum ArithmeticOperator {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MODULO,
  AND,
  OR,
  EXCLUSIVE_OR,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SHIFT_RIGHT_UNSIGNED,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  EQUAL,
  NOT_EQUAL;

  /**
   * Does the operation in 64 bits that wrap. Shifts look at the low 6 bits of their count, as the
   * processor does.
   *
   * @param place what a division by zero points at
   */
  long apply(long left, long right, int place) {
    return switch (this) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / divisor(right, place);
      case MODULO -> left % divisor(right, place);
      case AND -> left & right;
      case OR -> left | right;
      case EXCLUSIVE_OR -> left ^ right;
      case SHIFT_LEFT -> left << right;
      case SHIFT_RIGHT -> left >> right;
      case SHIFT_RIGHT_UNSIGNED -> left >>> right;
      case LESS -> left < right ? 1 : 0;
      case LESS_OR_EQUAL -> left <= right ? 1 : 0;
      case GREATER -> left > right ? 1 : 0;
      case GREATER_OR_EQUAL -> left >= right ? 1 : 0;
      case EQUAL -> left == right ? 1 : 0;
      case NOT_EQUAL -> left != right ? 1 : 0;
    };
  }

  private static long divisor(long value, int place) {
    if (value == 0) {
      throw new ScriptFault("division by 0", place, true);
    }
    return value;
  }

  /** Whether it gives 0 or 1. */
  boolean isComparison() {
    return compareTo(LESS) >= 0;
  }
}
