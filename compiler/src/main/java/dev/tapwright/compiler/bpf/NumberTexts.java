package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Step;

/** Numbers written out: from the last digit to the first, into the end of a small area. */
final class NumberTexts {
  /** Bytes of the area, with the NUL; a power of two. */
  private static final int AREA = 128;

  /** More digits than any number has are zeros. */
  static final int MOST_DIGITS = 100;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  NumberTexts(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** A number's text: where it begins, how long it is, and what it has at most. */
  record Written(Step.Argument start, Operand length, int most) {}

  /**
   * How a number is written.
   *
   * @param base 8, 10 or 16
   * @param isSigned whether it may be negative
   * @param ifPositive what stands before it when it is not: its sign or the base's prefix
   * @param digits least number of digits
   * @param width characters that zeros fill; 0 when they do not
   */
  record Form(
      int base, boolean isSigned, boolean isCapital, String ifPositive, int digits, int width) {}

  /** Writes a number. */
  Written write(Operand number, Form form) {
    Address.Behind area = handler.memory.scratch.allocate(AREA);
    Address.Behind start = handler.memory.scratch.allocate(8);
    handler.memory.scratch.require(area.offset() + 2 * AREA);
    code.store(Size.BYTE, area.plus(AREA - 1), new Constant(0));
    if (form.isSigned() && code.most(number).isEmpty()) {
      int negative = code.newBlock();
      int positive = code.newBlock();
      int join = code.newBlock();
      code.branch(Comparison.LESS, number, new Constant(0), negative, positive);
      code.start(negative);
      part(handler.numbers.negated(number), form, "-", area, start, join);
      code.start(positive);
      part(number, form, form.ifPositive(), area, start, join);
      code.start(join);
    } else {
      int join = code.newBlock();
      part(number, form, form.ifPositive(), area, start, join);
      code.start(join);
    }
    Operand from =
        code.compute(Operation.AND, code.load(Size.DOUBLE, start), new Constant(AREA - 1));
    return new Written(
        handler.memory.argument(Texts.at(code, area, from)),
        code.compute(Operation.SUBTRACT, new Constant(AREA - 1), from),
        AREA);
  }

  private void part(
      Operand magnitude, Form form, String prefix, Address area, Address start, int join) {
    int least = Math.max(Math.max(1, form.digits()), form.width() - prefix.length());
    int most = Math.max(least, digits(code.most(magnitude).orElse(-1), form.base()));
    int first = AREA - 1;
    Operand rest = magnitude;
    for (int i = 0; i < most; i++) {
      first--;
      Operand above = divided(rest, form.base());
      Operand digit =
          code.compute(
              Operation.SUBTRACT,
              rest,
              code.compute(Operation.MULTIPLY, above, new Constant(form.base())));
      code.store(Size.BYTE, area.plus(first), character(digit, form));
      rest = above;
      if (i + 1 >= least && i + 1 < most) {
        int done = code.newBlock();
        int more = code.newBlock();
        code.branch(Comparison.EQUAL, rest, new Constant(0), done, more);
        code.start(done);
        finish(prefix, area, start, first, join);
        code.start(more);
      }
    }
    finish(prefix, area, start, first, join);
  }

  /** Digits of a number without a sign. */
  private static int digits(long number, int base) {
    return Long.toUnsignedString(number, base).length();
  }

  private void finish(String prefix, Address area, Address start, int first, int join) {
    int begin = first - prefix.length();
    for (int i = 0; i < prefix.length(); i++) {
      code.store(Size.BYTE, area.plus(begin + i), new Constant(prefix.charAt(i)));
    }
    // By way of memory: the verifier need not follow each number of digits on its own.
    code.store(Size.DOUBLE, start, new Constant(begin));
    code.jump(join);
  }

  private Operand divided(Operand number, int base) {
    return switch (base) {
      case 8 -> code.compute(Operation.SHIFT_RIGHT_UNSIGNED, number, new Constant(3));
      case 16 -> code.compute(Operation.SHIFT_RIGHT_UNSIGNED, number, new Constant(4));
      default -> code.compute(Operation.DIVIDE, number, new Constant(base));
    };
  }

  private Operand character(Operand digit, Form form) {
    return form.base() <= 10
        ? code.compute(Operation.ADD, digit, new Constant('0'))
        : hexadecimal(digit, form.isCapital());
  }

  /**
   * The hexadecimal digit of the low four bits: from a table, because verifiers from 6.18 on follow
   * both values of a sign bit that is spread over a number, each time.
   */
  Operand hexadecimal(Operand number, boolean isCapital) {
    Operand digit = code.compute(Operation.AND, number, new Constant(15));
    if (handler.memory.scratch.isAvailable()) {
      String digits = isCapital ? "0123456789ABCDEF" : "0123456789abcdef";
      Address.Behind table = handler.data.constants(digits, digits.length());
      return code.load(Size.BYTE, Texts.at(code, table, digit));
    }
    Operand plain = code.compute(Operation.ADD, digit, new Constant('0'));
    // -1 for digits that are letters: those stand further on in ASCII.
    Operand isLetter =
        code.compute(
            Operation.SHIFT_RIGHT,
            code.compute(Operation.SUBTRACT, new Constant(9), digit),
            new Constant(63));
    int distance = (isCapital ? 'A' : 'a') - '0' - 10;
    return code.compute(
        Operation.ADD, plain, code.compute(Operation.AND, isLetter, new Constant(distance)));
  }
}
