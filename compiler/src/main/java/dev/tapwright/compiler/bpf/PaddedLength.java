package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;

/**
 * Bytes of a string with NULs up to its end, eight at a time: as many words as have no NUL in their
 * last byte, and those bytes of the next that are none.
 */
final class PaddedLength {
  private PaddedLength() {}

  /** Computes it. */
  static Operand of(CodeBuilder code, MemoryText text) {
    int words = Frame.roundedUp(text.capacity()) / 8;
    Virtual length = code.fresh();
    Virtual rest = code.fresh();
    int last = code.newBlock();
    for (int i = 0; i < words; i++) {
      code.copy(length, new Constant(8L * i));
      code.copy(rest, code.load(Size.DOUBLE, text.address().plus(8 * i)));
      if (i + 1 < words) {
        int next = code.newBlock();
        Operand end = code.compute(Operation.SHIFT_RIGHT_UNSIGNED, rest, new Constant(56));
        code.branch(Comparison.EQUAL, end, new Constant(0), last, next);
        code.start(next);
      }
    }
    code.jump(last);
    code.start(last);
    // The last byte is NUL: halves, quarters and bytes that have something in them come first.
    Operand bytes = length;
    Operand left = rest;
    for (int half = 4; half > 0; half /= 2) {
      Operand upper = code.compute(Operation.SHIFT_RIGHT_UNSIGNED, left, new Constant(8L * half));
      Operand isFull = isNotZero(code, upper);
      left =
          code.compute(
              Operation.SHIFT_RIGHT_UNSIGNED,
              left,
              code.compute(Operation.MULTIPLY, isFull, new Constant(8L * half)));
      bytes =
          code.compute(
              Operation.ADD, bytes, code.compute(Operation.MULTIPLY, isFull, new Constant(half)));
    }
    return code.compute(Operation.ADD, bytes, isNotZero(code, left));
  }

  /** 1 for a number that is not 0, of less than 64 bits. */
  private static Operand isNotZero(CodeBuilder code, Operand number) {
    return code.compute(
        Operation.SHIFT_RIGHT_UNSIGNED,
        code.compute(Operation.NEGATE, number, new Constant(0)),
        new Constant(63));
  }
}
