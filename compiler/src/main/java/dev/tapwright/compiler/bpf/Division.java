package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.Span;

/**
 * Signed division and remainder: zero is a fault, the quotient is cut towards zero, and the least
 * number divided by -1 stays what it is.
 */
final class Division {
  private static final Operand SIGN_SHIFT = new Constant(63);

  private Division() {}

  /** Lowers one. */
  static Operand lower(
      HandlerLowering handler,
      boolean isRemainder,
      Operand left,
      Operand right,
      Span place,
      String token) {
    check(handler, right, place, token);
    if (right instanceof Constant(long divisor)) {
      return divisor == 0 ? right : byConstant(handler, isRemainder, left, divisor);
    }
    return handler.tables.profile().has(KernelFeature.SIGNED_DIVISION)
        ? byInstruction(handler, isRemainder, left, right)
        : bySigns(handler.code, isRemainder, left, right);
  }

  /** The fault of a division by zero, if it is one. */
  static void check(HandlerLowering handler, Operand right, Span place, String token) {
    if (right instanceof Constant(long divisor) && divisor != 0) {
      return;
    }
    int nonzero = handler.code.newBlock();
    int zero = handler.faults.block("division by 0", "operator '" + token + "'", place);
    handler.code.branch(Comparison.EQUAL, right, new Constant(0), zero, nonzero);
    handler.code.start(nonzero);
  }

  private static Operand byConstant(
      HandlerLowering handler, boolean isRemainder, Operand left, long divisor) {
    CodeBuilder code = handler.code;
    if (left instanceof Constant(long dividend)) {
      return new Constant(isRemainder ? dividend % divisor : dividend / divisor);
    }
    if (divisor == -1) {
      return isRemainder ? new Constant(0) : handler.numbers.negated(left);
    }
    if (handler.tables.profile().has(KernelFeature.SIGNED_DIVISION)) {
      return code.compute(signed(isRemainder), left, new Constant(divisor));
    }
    return bySigns(code, isRemainder, left, new Constant(divisor));
  }

  /** A quotient, cut towards zero, by a number that is known to be positive. */
  static Operand byPositive(HandlerLowering handler, Operand left, Operand right) {
    return handler.tables.profile().has(KernelFeature.SIGNED_DIVISION)
        ? handler.code.compute(Operation.DIVIDE_SIGNED, left, right)
        : bySigns(handler.code, false, left, right);
  }

  private static Operation signed(boolean isRemainder) {
    return isRemainder ? Operation.MODULO_SIGNED : Operation.DIVIDE_SIGNED;
  }

  /** With the instruction; but never by -1, where some kernels trap on the least number. */
  private static Operand byInstruction(
      HandlerLowering handler, boolean isRemainder, Operand left, Operand right) {
    CodeBuilder code = handler.code;
    int minusOne = code.newBlock();
    int other = code.newBlock();
    int join = code.newBlock();
    Virtual result = code.fresh();
    code.branch(Comparison.EQUAL, right, new Constant(-1), minusOne, other);
    code.start(minusOne);
    code.copy(result, isRemainder ? new Constant(0) : handler.numbers.negated(left));
    code.jump(join);
    code.start(other);
    code.copy(result, code.compute(signed(isRemainder), left, right));
    code.jump(join);
    code.start(join);
    return result;
  }

  /**
   * With the unsigned instruction on the magnitudes; the least number's is 2^63, which unsigned
   * holds.
   */
  private static Operand bySigns(
      CodeBuilder code, boolean isRemainder, Operand left, Operand right) {
    Operand leftSign = code.compute(Operation.SHIFT_RIGHT, left, SIGN_SHIFT);
    Operand rightSign = code.compute(Operation.SHIFT_RIGHT, right, SIGN_SHIFT);
    Operand result =
        code.compute(
            isRemainder ? Operation.MODULO : Operation.DIVIDE,
            withSign(code, left, leftSign),
            withSign(code, right, rightSign));
    return withSign(
        code,
        result,
        isRemainder ? leftSign : code.compute(Operation.EXCLUSIVE_OR, leftSign, rightSign));
  }

  /** Negated where the sign is -1, as it is where the sign is 0. */
  private static Operand withSign(CodeBuilder code, Operand value, Operand sign) {
    return code.compute(
        Operation.SUBTRACT, code.compute(Operation.EXCLUSIVE_OR, value, sign), sign);
  }
}
