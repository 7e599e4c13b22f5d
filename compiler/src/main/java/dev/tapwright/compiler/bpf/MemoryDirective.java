package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.tree.Expression;

/**
 * {@code %m} and {@code %M}: bytes at an address of the kernel, or with {@code #} of the process
 * that hit the probe. The precision says how many: 1 when there is none.
 */
final class MemoryDirective {
  /** What a precision that is known at run time can ask for; one less than a power of two. */
  static final int MOST = 1023;

  private MemoryDirective() {}

  /** Whether a directive is one. */
  static boolean is(Directive directive) {
    return directive.conversion() == Conversion.MEMORY
        || directive.conversion() == Conversion.MEMORY_HEXADECIMAL;
  }

  /** Whether it reads the memory of the process. */
  static boolean isUser(Directive directive) {
    return directive.flag() == Flag.ALTERNATE;
  }

  /** Bytes that it can read. */
  static int capacity(Directive directive) {
    return switch (directive.precision()) {
      case FormatPart.Size.Absent() -> 1;
      case FormatPart.Size.Fixed(int bytes) -> Math.min(bytes, FormatField.WIDEST);
      case FormatPart.Size.FromArgument() -> MOST;
    };
  }

  /** How many bytes a precision asks for; more than there is room for is a fault. */
  static Operand count(HandlerLowering handler, Operand precision, Expression place) {
    if (precision instanceof Constant(long known) && known <= MOST) {
      return new Constant(known < 0 ? 1 : known);
    }
    CodeBuilder code = handler.code;
    Virtual count = code.fresh();
    int absent = code.newBlock();
    int given = code.newBlock();
    int fits = code.newBlock();
    int tooMany =
        handler.faults.block(
            "more than %d bytes of memory to print".formatted(MOST),
            "operator 'print'",
            place.span());
    code.copy(count, precision);
    code.branch(Comparison.LESS, precision, new Constant(0), absent, given);
    code.start(absent);
    code.copy(count, new Constant(1));
    code.jump(fits);
    code.start(given);
    code.branch(Comparison.GREATER, precision, new Constant(MOST), tooMany, fits);
    code.start(fits);
    return count;
  }

  /** The same, for the verifier. */
  static Operand bounded(HandlerLowering handler, Operand count) {
    return count instanceof Constant
        ? count
        : handler.code.compute(Operation.AND, count, new Constant(MOST));
  }

  /** Adds its text to a string. */
  static void append(
      HandlerLowering handler,
      TextBuilder builder,
      Directive directive,
      FormatField field,
      Expression argument) {
    CodeBuilder code = handler.code;
    Operand address = handler.numbers.number(argument);
    code.at(argument.span());
    boolean isUser = isUser(directive);
    Operand count =
        directive.precision() instanceof FormatPart.Size.FromArgument
            ? count(handler, field.precision(), argument)
            : new Constant(capacity(directive));
    if (directive.conversion() == Conversion.MEMORY) {
      field.pad(
          handler,
          builder,
          count,
          () ->
              builder.appendBytes(
                  place ->
                      handler.contextData.memory(
                          argument, address, isUser, place, bounded(handler, count)),
                  count));
      return;
    }
    int most = capacity(directive);
    Address.Behind bytes = handler.memory.scratch.allocate(most + 8);
    handler.contextData.memory(argument, address, isUser, bytes, bounded(handler, count));
    Address.Behind digits = digits(handler, bytes, count, most);
    field.pad(
        handler,
        builder,
        code.compute(Operation.SHIFT_LEFT, count, new Constant(1)),
        () -> builder.append(handler.memory.argument(digits), new Constant(2 * most + 1)));
  }

  private static Address.Behind digits(
      HandlerLowering handler, Address.Behind bytes, Operand count, int most) {
    CodeBuilder code = handler.code;
    int mask = Texts.mask(most);
    Address.Behind digits = handler.memory.scratch.allocate(2 * most + 8);
    handler.memory.scratch.require(
        Math.max(bytes.offset() + mask + 8, digits.offset() + 2 * mask + 8));
    Virtual index = code.fresh();
    code.copy(index, new Constant(0));
    code.store(Size.BYTE, digits, new Constant(0));
    int after = code.newBlock();
    handler.loops.counted(
        most + 1L,
        after,
        () -> {
          int more = code.newBlock();
          code.branch(Comparison.GREATER_OR_EQUAL, index, count, after, more);
          code.start(more);
          Operand place = code.compute(Operation.AND, index, new Constant(mask));
          Operand value = code.load(Size.BYTE, Texts.at(code, bytes, place));
          Operand target = code.compute(Operation.SHIFT_LEFT, place, new Constant(1));
          Address.Behind pair = Texts.at(code, digits, target);
          Operand high = code.compute(Operation.SHIFT_RIGHT_UNSIGNED, value, new Constant(4));
          code.store(Size.BYTE, pair, handler.numberTexts.hexadecimal(high, false));
          code.store(Size.BYTE, pair.plus(1), handler.numberTexts.hexadecimal(value, false));
          code.store(Size.BYTE, pair.plus(2), new Constant(0));
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
    return digits;
  }
}
