package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Step;
import java.util.function.Consumer;

/** A string that is put together from pieces, one behind the other. */
final class TextBuilder {
  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final int capacity;
  private final Address.Behind area;
  private final int longest;

  /** Whether there may be NULs before the end. */
  private boolean mayHaveNuls;

  /** Where the next piece goes; known while all pieces were literals. */
  private Operand length = new Constant(0);

  /**
   * An empty one.
   *
   * @param longest bytes that all pieces can have together, with the NUL
   */
  TextBuilder(HandlerLowering handler, int longest) {
    this.handler = handler;
    this.code = handler.code;
    this.longest = longest;
    capacity = Math.min(longest, handler.tables.capacities().most());
    area = handler.memory.scratch.allocate(longest + 8);
    if (Texts.isPadded(capacity)) {
      handler.texts.clear(area, Frame.roundedUp(longest + 8));
    } else {
      code.store(Size.BYTE, area, new Constant(0));
    }
  }

  /** Adds a string. */
  void append(Text text) {
    switch (text) {
      case LiteralText(String bytes) -> append(bytes);
      case MemoryText(Address address, int most, boolean _) ->
          append(handler.memory.argument(address), new Constant(most));
    }
  }

  private void append(String bytes) {
    if (bytes.isEmpty()) {
      return;
    }
    Address.Behind end = end();
    LiteralText text = new LiteralText(bytes);
    for (int i = 0; i <= bytes.length() / 8; i++) {
      code.store(Size.DOUBLE, end.plus(8 * i), Texts.word(text, i));
    }
    length = code.compute(Operation.ADD, length, new Constant(bytes.length()));
  }

  /**
   * Adds a string, or its beginning.
   *
   * @param source its address
   * @param most bytes to add, and the NUL: known to the verifier to be no more than {@link
   *     #longest}
   */
  void append(Step.Argument source, Operand most) {
    Operand added = handler.texts.read(end(), most, source);
    length =
        code.compute(
            Operation.ADD, length, code.compute(Operation.SUBTRACT, added, new Constant(1)));
  }

  /** Adds a character as many times as a number says, at most so often; not when it is negative. */
  void fill(char character, Operand count, int most) {
    if (count instanceof Constant(long known) && known <= 0) {
      return;
    }
    String all = String.valueOf(character).repeat(most) + "\0";
    Address.Behind table = handler.data.constants(all, all.length());
    Operand wanted = handler.texts.clamped(count, most);
    append(handler.memory.argument(table), code.compute(Operation.ADD, wanted, new Constant(1)));
  }

  /** Adds the first bytes of a number in memory, NULs among them, which end the string. */
  void appendBytes(Operand value, Operand count) {
    code.store(Size.DOUBLE, end(), value);
    advance(count);
  }

  /**
   * Adds bytes that something else writes, NULs among them, which end the string.
   *
   * @param write gets the place
   * @param count how many, at most {@link #longest}
   */
  void appendBytes(Consumer<Address> write, Operand count) {
    write.accept(end());
    advance(count);
  }

  private void advance(Operand count) {
    length = code.compute(Operation.ADD, length, count);
    code.store(Size.BYTE, end(), new Constant(0));
    mayHaveNuls = true;
  }

  private Address.Behind end() {
    if (length instanceof Constant(long known)) {
      return area.plus((int) known);
    }
    int mask = Texts.mask(longest);
    handler.memory.scratch.require(area.offset() + mask + 2 * longest + 24);
    return Texts.at(code, area, code.compute(Operation.AND, length, new Constant(mask)));
  }

  /** The finished string. */
  MemoryText finish() {
    MemoryText text = new MemoryText(area, capacity);
    if (longest > capacity) {
      Padding.cut(code, text);
    }
    if (mayHaveNuls && Texts.isPadded(capacity)) {
      Padding.clear(code, text);
    }
    return text;
  }
}
