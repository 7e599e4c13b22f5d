package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Folding;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.Step;
import java.util.List;

/** What provided functions do with strings. Positions count bytes, the first is 0. */
final class TextFunctions {
  private final HandlerLowering handler;
  private final CodeBuilder code;

  TextFunctions(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Bytes without the NUL. */
  Operand length(Text text) {
    return switch (text) {
      case LiteralText(String bytes) -> new Constant(bytes.length());
      case MemoryText padded when padded.isPadded() -> PaddedLength.of(code, padded);
      case MemoryText(Address address, int capacity, boolean _) -> {
        Address.Behind copy = handler.memory.scratch.allocate(capacity);
        Operand read =
            handler.texts.read(copy, new Constant(capacity), handler.memory.argument(address));
        yield code.compute(Operation.SUBTRACT, read, new Constant(1));
      }
    };
  }

  /**
   * The name of a number.
   *
   * @param names of 0 and on; empty for a number without a name
   * @param prefix stands before the digits of a number without a name
   * @param capacity bytes that the result can have
   */
  Text name(List<String> names, Operand number, String prefix, int capacity) {
    return name(names, number, number, prefix, capacity);
  }

  /**
   * A name out of a table.
   *
   * @param index which; where there is none the number's digits are taken
   */
  Text name(List<String> names, Operand index, Operand number, String prefix, int capacity) {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    // Bytes of a name, with its NUL: a power of two, so that places are shifted numbers.
    int shift = Math.max(3, Integer.SIZE - Integer.numberOfLeadingZeros(longest));
    StringBuilder table = new StringBuilder();
    names.forEach(name -> table.append(name).repeat('\0', (1 << shift) - name.length()));
    int mask = Texts.mask(names.size());
    Address.Behind base = handler.data.constants(table.toString(), (mask + 1) << shift);
    MemoryText result = new MemoryText(handler.memory.allocate(capacity), capacity);
    handler.texts.copy(HandlerLowering.emptyText(), result);
    int inside = code.newBlock();
    int named = code.newBlock();
    int nameless = code.newBlock();
    int join = code.newBlock();
    code.branch(Comparison.LESS_UNSIGNED, index, new Constant(names.size()), inside, nameless);
    code.start(inside);
    Address.Behind name =
        Texts.at(
            code,
            base,
            code.compute(Operation.SHIFT_LEFT, bounded(index, mask), new Constant(shift)));
    Virtual first = code.load(Size.DOUBLE, name);
    handler.branchNotZero(first, named, nameless);
    code.start(named);
    handler.texts.copy(new MemoryText(name, 1 << shift), result);
    code.jump(join);
    code.start(nameless);
    NumberTexts.Written written =
        handler.numberTexts.write(number, new NumberTexts.Form(10, true, false, "", 0, 0));
    TextBuilder digits = new TextBuilder(handler, prefix.length() + written.most());
    digits.append(new LiteralText(prefix));
    digits.append(written.start(), new Constant(written.most()));
    handler.texts.copy(digits.finish(), result);
    code.jump(join);
    code.start(join);
    return result;
  }

  /** A part of a string; empty where start or length make no sense. */
  Text part(Text text, Operand start, Operand length) {
    MemoryText whole = handler.texts.inScratch(text);
    int capacity = whole.capacity();
    int mask = Texts.mask(capacity);
    Address.Behind place = handler.memory.scratch.allocate(capacity);
    handler.memory.scratch.require(place.offset() + mask + 2);
    MemoryText result = new MemoryText(place, capacity);
    handler.texts.copy(HandlerLowering.emptyText(), result);
    int sensible = code.newBlock();
    int positive = code.newBlock();
    int some = code.newBlock();
    int join = code.newBlock();
    code.branch(Comparison.LESS, start, new Constant(0), join, sensible);
    code.start(sensible);
    code.branch(Comparison.LESS_OR_EQUAL, length, new Constant(0), join, positive);
    code.start(positive);
    code.branch(Comparison.GREATER_OR_EQUAL, start, length(whole), join, some);
    code.start(some);
    Operand bytes =
        code.compute(Operation.ADD, handler.texts.smaller(length, capacity - 1), new Constant(1));
    Address.Behind from = (Address.Behind) whole.address();
    Operand source = code.compute(Operation.ADD, from.pointer(), bounded(start, mask));
    handler.texts.read(
        place,
        bytes,
        new Step.Argument.Value(code.compute(Operation.ADD, source, new Constant(from.offset()))));
    code.jump(join);
    code.start(join);
    return result;
  }

  private Operand bounded(Operand index, int mask) {
    return code.compute(Operation.AND, index, new Constant(mask));
  }

  /** The byte at a position that is not negative; 0 behind the end. */
  Operand byteAt(Text text, Operand position) {
    MemoryText whole = handler.texts.inScratch(text);
    int last = whole.capacity() - 1;
    if (Texts.isPadded(whole.capacity())) {
      // Behind the end stand NULs, up to the last byte. A branch would cost more than this.
      Operand beyond = code.compute(Operation.SUBTRACT, position, new Constant(last));
      Operand isInside = code.compute(Operation.SHIFT_RIGHT, beyond, new Constant(63));
      Operand back = code.compute(Operation.AND, beyond, isInside);
      return load(whole, code.compute(Operation.ADD, back, new Constant(last)), last);
    }
    Virtual result = code.fresh();
    int inside = code.newBlock();
    int join = code.newBlock();
    code.copy(result, new Constant(0));
    code.branch(Comparison.GREATER_OR_EQUAL, position, length(whole), join, inside);
    code.start(inside);
    code.copy(result, load(whole, position));
    code.jump(join);
    code.start(join);
    return result;
  }

  /**
   * A byte of a string in {@link Scratch}; what lies behind the string may come of too large an
   * index.
   */
  Operand load(MemoryText text, Operand index) {
    return load(text, index, text.capacity());
  }

  private Operand load(MemoryText text, Operand index, int most) {
    int mask = Texts.mask(most);
    Address.Behind from = (Address.Behind) text.address();
    handler.memory.scratch.require(from.offset() + mask + 8);
    return code.load(Size.BYTE, Texts.at(code, from, bounded(index, mask)));
  }

  /** 1 where a string begins with a digit, else 0. */
  Operand isDigit(Text text) {
    MemoryText whole = handler.texts.inScratch(text);
    Virtual result = code.fresh();
    int digit = code.newBlock();
    int join = code.newBlock();
    code.copy(result, new Constant(0));
    Operand value =
        code.compute(Operation.SUBTRACT, code.load(Size.BYTE, whole.address()), new Constant('0'));
    code.branch(Comparison.LESS_OR_EQUAL_UNSIGNED, value, new Constant(9), digit, join);
    code.start(digit);
    code.copy(result, new Constant(1));
    code.jump(join);
    code.start(join);
    return result;
  }

  /** Where the second string first stands in the first; -1 when it does not. */
  Operand find(Text text, Text wanted) {
    MemoryText in = handler.texts.inScratch(text);
    MemoryText what = handler.texts.inScratch(wanted);
    Virtual start = code.fresh();
    Virtual matched = code.fresh();
    Virtual result = code.fresh();
    int after = code.newBlock();
    code.copy(start, new Constant(0));
    code.copy(matched, new Constant(0));
    code.copy(result, new Constant(-1));
    handler.loops.counted(
        (long) in.capacity() * what.capacity(),
        after,
        () -> {
          int more = code.newBlock();
          int found = code.newBlock();
          int same = code.newBlock();
          int different = code.newBlock();
          int shifted = code.newBlock();
          int turn = code.newBlock();
          Operand other = load(what, matched);
          code.branch(Comparison.EQUAL, other, new Constant(0), found, more);
          code.start(found);
          code.copy(result, start);
          code.jump(after);
          code.start(more);
          Operand mine = load(in, code.compute(Operation.ADD, start, matched));
          code.branch(Comparison.EQUAL, mine, other, same, different);
          code.start(same);
          code.copy(matched, code.compute(Operation.ADD, matched, new Constant(1)));
          code.jump(turn);
          code.start(different);
          code.branch(Comparison.EQUAL, mine, new Constant(0), after, shifted);
          code.start(shifted);
          code.copy(start, code.compute(Operation.ADD, start, new Constant(1)));
          code.copy(matched, new Constant(0));
          code.jump(turn);
          code.start(turn);
        });
    return result;
  }

  /**
   * Compares two strings byte by byte and goes on by the result.
   *
   * @param comparison of numbers, as if of the strings
   */
  void compare(Text left, Text right, Comparison comparison, int ifTrue, int ifFalse) {
    MemoryText first = handler.texts.inScratch(left);
    MemoryText second = handler.texts.inScratch(right);
    Virtual index = code.fresh();
    int after = code.newBlock();
    int differ = code.newBlock();
    Virtual mine = code.fresh();
    Virtual other = code.fresh();
    code.copy(index, new Constant(0));
    handler.loops.counted(
        Math.max(first.capacity(), second.capacity()),
        after,
        () -> {
          code.copy(mine, load(first, index));
          code.copy(other, load(second, index));
          int same = code.newBlock();
          int more = code.newBlock();
          code.branch(Comparison.NOT_EQUAL, mine, other, differ, same);
          code.start(same);
          code.branch(Comparison.EQUAL, mine, new Constant(0), after, more);
          code.start(more);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
    code.jump(Folding.holds(comparison, 0, 0) ? ifTrue : ifFalse);
    code.start(differ);
    code.branch(comparison, mine, other, ifTrue, ifFalse);
  }
}
