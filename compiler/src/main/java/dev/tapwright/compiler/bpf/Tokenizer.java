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
import dev.tapwright.compiler.intrinsic.Tokenize;
import java.util.Optional;

/**
 * {@code tokenize()}. What it goes through stays in {@link Scratch} for the rest of the run: a
 * position of 8 bytes, and a string.
 */
final class Tokenizer {
  private static final int POSITION = 8;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  /** Where the position and the string are; 0 where no handler calls it. */
  private final int offset;

  private boolean isUsed;

  Tokenizer(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
    offset =
        handler.tables.reach().provided().contains(Tokenize.NAME)
            ? handler.memory.scratch.reserve(POSITION + most() + 8)
            : 0;
  }

  private int most() {
    return handler.tables.capacities().most();
  }

  private MemoryText subject() {
    return new MemoryText(handler.memory.scratch.at(offset + POSITION), most());
  }

  private Address.Behind position() {
    return handler.memory.scratch.at(offset);
  }

  /**
   * The next token.
   *
   * @param input what to begin with, unless it is empty
   */
  Text next(Optional<Text> input, Text delimiters) {
    isUsed = true;
    input.ifPresent(this::begin);
    ByteSet set = ByteSet.of(handler, delimiters);
    MemoryText text = subject();
    int mask = Texts.mask(most());
    Address.Behind area = handler.memory.scratch.allocate(most());
    handler.memory.scratch.require(area.offset() + mask + 8);
    MemoryText result = new MemoryText(area, most());
    handler.texts.copy(HandlerLowering.emptyText(), result);
    Virtual index = code.fresh();
    Virtual length = code.fresh();
    code.copy(index, code.load(Size.DOUBLE, position()));
    code.copy(length, new Constant(0));
    int after = code.newBlock();
    handler.loops.counted(
        most(),
        after,
        () -> {
          int some = code.newBlock();
          int delimiter = code.newBlock();
          int other = code.newBlock();
          int turn = code.newBlock();
          Operand character = handler.textFunctions.load(text, index);
          code.branch(Comparison.EQUAL, character, new Constant(0), after, some);
          code.start(some);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
          set.branch(character, delimiter, other);
          code.start(delimiter);
          code.branch(Comparison.NOT_EQUAL, length, new Constant(0), after, turn);
          code.start(other);
          Operand end = code.compute(Operation.AND, length, new Constant(mask));
          code.store(Size.BYTE, Texts.at(code, area, end), character);
          code.copy(length, code.compute(Operation.ADD, length, new Constant(1)));
          code.jump(turn);
          code.start(turn);
        });
    Operand end = code.compute(Operation.AND, length, new Constant(mask));
    code.store(Size.BYTE, Texts.at(code, area, end), new Constant(0));
    code.store(Size.DOUBLE, position(), index);
    return result;
  }

  private void begin(Text input) {
    if (input.equals(HandlerLowering.emptyText())) {
      return;
    }
    int begin = code.newBlock();
    int join = code.newBlock();
    Operand first =
        switch (input) {
          case LiteralText(String bytes) -> new Constant(bytes.charAt(0));
          case MemoryText(Address address, int _, boolean _) -> code.load(Size.BYTE, address);
        };
    handler.branchNotZero(first, begin, join);
    code.start(begin);
    handler.texts.copy(input, subject());
    code.store(Size.DOUBLE, position(), new Constant(0));
    code.jump(join);
    code.start(join);
  }

  /** Leaves nothing of the run before; last, where the body begins. */
  void finishPrologue() {
    if (isUsed) {
      code.store(Size.DOUBLE, position(), new Constant(0));
      code.store(Size.BYTE, subject().address(), new Constant(0));
    }
  }
}
