package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Scratch;

/** The bytes that stand in a string, as 256 bits in {@link Scratch}. */
final class ByteSet {
  private static final int WORDS = 4;

  /** Low bits of a byte that say which bit of a word it is. */
  private static final int BIT = 63;

  private final CodeBuilder code;
  private final Address.Behind words;

  private ByteSet(CodeBuilder code, Address.Behind words) {
    this.code = code;
    this.words = words;
  }

  /** Writes the set of a string's bytes; the NUL is none of them. */
  static ByteSet of(HandlerLowering handler, Text text) {
    CodeBuilder code = handler.code;
    ByteSet set = new ByteSet(code, handler.memory.scratch.allocate(8 * WORDS));
    long[] known = new long[WORDS];
    if (text instanceof LiteralText(String bytes)) {
      bytes.chars().forEach(value -> known[(value & 0xff) >> 6] |= 1L << (value & BIT));
    }
    for (int i = 0; i < WORDS; i++) {
      code.store(Size.DOUBLE, set.words.plus(8 * i), new Constant(known[i]));
    }
    if (text instanceof MemoryText) {
      set.add(handler, handler.texts.inScratch(text));
    }
    return set;
  }

  private void add(HandlerLowering handler, MemoryText text) {
    Virtual index = code.fresh();
    code.copy(index, new Constant(0));
    int after = code.newBlock();
    handler.loops.counted(
        text.capacity(),
        after,
        () -> {
          Operand character = handler.textFunctions.load(text, index);
          int more = code.newBlock();
          code.branch(Comparison.EQUAL, character, new Constant(0), after, more);
          code.start(more);
          Address.Behind word = word(character);
          code.store(
              Size.DOUBLE,
              word,
              code.compute(
                  Operation.OR,
                  code.load(Size.DOUBLE, word),
                  code.compute(Operation.SHIFT_LEFT, new Constant(1), bit(character))));
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
  }

  /** Goes on by whether a byte, a number of 0 to 255, is one of them. */
  void branch(Operand character, int ifMember, int ifNot) {
    Operand shifted =
        code.compute(
            Operation.SHIFT_RIGHT_UNSIGNED,
            code.load(Size.DOUBLE, word(character)),
            bit(character));
    code.branch(
        Comparison.NOT_EQUAL,
        code.compute(Operation.AND, shifted, new Constant(1)),
        new Constant(0),
        ifMember,
        ifNot);
  }

  private Operand bit(Operand character) {
    return code.compute(Operation.AND, character, new Constant(BIT));
  }

  private Address.Behind word(Operand character) {
    Operand offset =
        code.compute(
            Operation.AND,
            code.compute(Operation.SHIFT_RIGHT_UNSIGNED, character, new Constant(3)),
            new Constant(8L * (WORDS - 1)));
    return Texts.at(code, words, offset);
  }
}
