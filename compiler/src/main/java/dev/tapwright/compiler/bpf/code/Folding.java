package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import java.util.OptionalLong;

/** What instructions compute, on constants. */
public final class Folding {
  private Folding() {}

  /**
   * The result of an operation as an instruction does it; empty for a division by zero, which the
   * verifier refuses.
   */
  public static OptionalLong compute(Operation operation, boolean is64Bit, long left, long right) {
    if (!is64Bit) {
      return compute32(operation, (int) left, (int) right);
    }
    return switch (operation) {
      case ADD -> OptionalLong.of(left + right);
      case SUBTRACT -> OptionalLong.of(left - right);
      case MULTIPLY -> OptionalLong.of(left * right);
      case DIVIDE ->
          right == 0 ? OptionalLong.empty() : OptionalLong.of(Long.divideUnsigned(left, right));
      case MODULO ->
          right == 0 ? OptionalLong.empty() : OptionalLong.of(Long.remainderUnsigned(left, right));
      case DIVIDE_SIGNED -> right == 0 ? OptionalLong.empty() : OptionalLong.of(left / right);
      case MODULO_SIGNED -> right == 0 ? OptionalLong.empty() : OptionalLong.of(left % right);
      case OR -> OptionalLong.of(left | right);
      case AND -> OptionalLong.of(left & right);
      case EXCLUSIVE_OR -> OptionalLong.of(left ^ right);
      case SHIFT_LEFT -> OptionalLong.of(left << right);
      case SHIFT_RIGHT -> OptionalLong.of(left >> right);
      case SHIFT_RIGHT_UNSIGNED -> OptionalLong.of(left >>> right);
      case NEGATE -> OptionalLong.of(-left);
      case MOVE -> OptionalLong.of(right);
    };
  }

  private static OptionalLong compute32(Operation operation, int left, int right) {
    return switch (operation) {
      case MOVE -> OptionalLong.of(Integer.toUnsignedLong(right));
      case ADD -> OptionalLong.of(Integer.toUnsignedLong(left + right));
      case AND -> OptionalLong.of(Integer.toUnsignedLong(left & right));
      default -> OptionalLong.empty();
    };
  }

  /** Whether a comparison of 64 bits holds, or of the low 32. */
  public static boolean holds(Comparison comparison, boolean is64Bit, long left, long right) {
    if (is64Bit) {
      return holds(comparison, left, right);
    }
    // Sign-extended halves compare as the halves do, as unsigned numbers too.
    int leftHalf = (int) left;
    int rightHalf = (int) right;
    return holds(comparison, leftHalf, rightHalf);
  }

  /** Whether a comparison of 64 bits holds. */
  public static boolean holds(Comparison comparison, long left, long right) {
    return switch (comparison) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER_UNSIGNED -> Long.compareUnsigned(left, right) > 0;
      case GREATER_OR_EQUAL_UNSIGNED -> Long.compareUnsigned(left, right) >= 0;
      case LESS_UNSIGNED -> Long.compareUnsigned(left, right) < 0;
      case LESS_OR_EQUAL_UNSIGNED -> Long.compareUnsigned(left, right) <= 0;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case BITS_SET -> (left & right) != 0;
    };
  }

  /** The comparison that holds when another does not. */
  static Comparison negation(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> Comparison.NOT_EQUAL;
      case NOT_EQUAL -> Comparison.EQUAL;
      case GREATER_UNSIGNED -> Comparison.LESS_OR_EQUAL_UNSIGNED;
      case GREATER_OR_EQUAL_UNSIGNED -> Comparison.LESS_UNSIGNED;
      case LESS_UNSIGNED -> Comparison.GREATER_OR_EQUAL_UNSIGNED;
      case LESS_OR_EQUAL_UNSIGNED -> Comparison.GREATER_UNSIGNED;
      case GREATER -> Comparison.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Comparison.LESS;
      case LESS -> Comparison.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> Comparison.GREATER;
      case BITS_SET ->
          throw new IllegalArgumentException("no instruction jumps when bits are clear");
    };
  }

  /** The comparison that holds of exchanged operands. */
  static Comparison exchanged(Comparison comparison) {
    return switch (comparison) {
      case EQUAL, NOT_EQUAL, BITS_SET -> comparison;
      case GREATER_UNSIGNED -> Comparison.LESS_UNSIGNED;
      case GREATER_OR_EQUAL_UNSIGNED -> Comparison.LESS_OR_EQUAL_UNSIGNED;
      case LESS_UNSIGNED -> Comparison.GREATER_UNSIGNED;
      case LESS_OR_EQUAL_UNSIGNED -> Comparison.GREATER_OR_EQUAL_UNSIGNED;
      case GREATER -> Comparison.LESS;
      case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      case LESS -> Comparison.GREATER;
      case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
    };
  }

  /** Whether operands may change places. */
  static boolean isCommutative(Operation operation) {
    return switch (operation) {
      case ADD, MULTIPLY, OR, AND, EXCLUSIVE_OR -> true;
      default -> false;
    };
  }
}
