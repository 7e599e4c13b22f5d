package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;

/** Clears whatever stands behind the first NUL of a string on the stack, eight bytes at a time. */
final class Padding {
  private static final Operand LOW_BITS = new Constant(0x0101010101010101L);
  private static final Operand HIGH_BITS = new Constant(0x8080808080808080L);

  private Padding() {}

  /** Ends a string that was longer than its place where that ends. */
  static void cut(CodeBuilder code, MemoryText text) {
    int end = Texts.isPadded(text.capacity()) ? Frame.roundedUp(text.capacity()) : text.capacity();
    for (int i = text.capacity() - 1; i < end; i++) {
      code.store(Size.BYTE, text.address().plus(i), new Constant(0));
    }
  }

  /** Clears it. The string's last byte becomes NUL in any case. */
  static void clear(CodeBuilder code, MemoryText text) {
    cut(code, text);
    int words = Frame.roundedUp(text.capacity()) / 8;
    int done = code.newBlock();
    for (int i = 0; i < words; i++) {
      Address place = text.address().plus(8 * i);
      Operand word = code.load(Size.DOUBLE, place);
      // The highest bit of the lowest byte that is NUL is the lowest bit here: (word - 0x01…) &
      // ~word & 0x80….
      Operand inverse = code.compute(Operation.EXCLUSIVE_OR, word, new Constant(-1));
      Operand marks =
          code.compute(
              Operation.AND,
              code.compute(
                  Operation.AND, code.compute(Operation.SUBTRACT, word, LOW_BITS), inverse),
              HIGH_BITS);
      int found = code.newBlock();
      int next = code.newBlock();
      code.branch(Comparison.NOT_EQUAL, marks, new Constant(0), found, next);
      code.start(found);
      // All bits below the lowest mark; those of the NUL itself are 0 anyway.
      Operand below =
          code.compute(
              Operation.AND,
              code.compute(Operation.SUBTRACT, marks, new Constant(1)),
              code.compute(Operation.EXCLUSIVE_OR, marks, new Constant(-1)));
      code.store(Size.DOUBLE, place, code.compute(Operation.AND, word, below));
      for (int rest = i + 1; rest < words; rest++) {
        code.store(Size.DOUBLE, text.address().plus(8 * rest), new Constant(0));
      }
      code.jump(done);
      code.start(next);
    }
    code.jump(done);
    code.start(done);
  }
}
