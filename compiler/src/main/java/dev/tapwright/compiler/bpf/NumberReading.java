package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;

/** The number at the beginning of a string: {@code strtol()}. */
final class NumberReading {
  private static final int LARGEST_BASE = 36;

  /** What makes a capital letter small. */
  private static final int SMALL = 0x20;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final MemoryText text;
  private final Virtual index;
  private final Virtual base;
  private final Virtual value;

  private NumberReading(HandlerLowering handler, Text text, Operand base) {
    this.handler = handler;
    this.code = handler.code;
    this.text = handler.texts.inScratch(text);
    index = code.fresh();
    value = code.fresh();
    this.base = code.fresh();
    code.copy(index, new Constant(0));
    code.copy(value, new Constant(0));
    code.copy(this.base, base);
  }

  /** Reads it; 0 where there is none, or the base is none. */
  static Operand read(HandlerLowering handler, Text text, Operand base) {
    return new NumberReading(handler, text, base).number();
  }

  private Operand character(int ahead) {
    return handler.textFunctions.load(
        text, code.compute(Operation.ADD, index, new Constant(ahead)));
  }

  private void ifElse(Comparison comparison, Operand left, long right, Runnable then) {
    int holds = code.newBlock();
    int join = code.newBlock();
    code.branch(comparison, left, new Constant(right), holds, join);
    code.start(holds);
    then.run();
    code.jump(join);
    code.start(join);
  }

  private Operand number() {
    Virtual sign = code.fresh();
    code.copy(sign, new Constant(0));
    ifElse(
        Comparison.EQUAL,
        character(0),
        '-',
        () -> {
          code.copy(sign, new Constant(-1));
          code.copy(index, new Constant(1));
        });
    Virtual prefix = code.fresh();
    code.copy(prefix, new Constant(10));
    ifElse(
        Comparison.EQUAL,
        character(0),
        '0',
        () -> {
          code.copy(prefix, new Constant(8));
          Operand letter = code.compute(Operation.OR, character(1), new Constant(SMALL));
          ifElse(
              Comparison.EQUAL,
              letter,
              'x',
              () ->
                  ifElse(
                      Comparison.LESS,
                      digit(character(2)),
                      16,
                      () -> code.copy(prefix, new Constant(16))));
        });
    ifElse(Comparison.EQUAL, base, 0, () -> code.copy(base, prefix));
    int hexadecimal = code.newBlock();
    int digits = code.newBlock();
    code.branch(Comparison.EQUAL, base, new Constant(16), hexadecimal, digits);
    code.start(hexadecimal);
    ifElse(
        Comparison.EQUAL,
        prefix,
        16,
        () -> code.copy(index, code.compute(Operation.ADD, index, new Constant(2))));
    code.jump(digits);
    code.start(digits);
    int after = code.newBlock();
    int notTooSmall = code.newBlock();
    int fine = code.newBlock();
    code.branch(Comparison.LESS, base, new Constant(2), after, notTooSmall);
    code.start(notTooSmall);
    code.branch(Comparison.GREATER, base, new Constant(LARGEST_BASE), after, fine);
    code.start(fine);
    handler.loops.counted(text.capacity(), after, () -> turn(after));
    return code.compute(
        Operation.SUBTRACT, code.compute(Operation.EXCLUSIVE_OR, value, sign), sign);
  }

  private void turn(int after) {
    Operand digit = digit(character(0));
    int valid = code.newBlock();
    code.branch(Comparison.LESS, digit, base, valid, after);
    code.start(valid);
    code.copy(
        value, code.compute(Operation.ADD, code.compute(Operation.MULTIPLY, value, base), digit));
    code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
  }

  /** The value of a digit, or more than any digit has. */
  private Operand digit(Operand character) {
    Virtual digit = code.fresh();
    int letter = code.newBlock();
    int number = code.newBlock();
    int join = code.newBlock();
    Operand fromZero = code.compute(Operation.SUBTRACT, character, new Constant('0'));
    code.copy(digit, fromZero);
    code.branch(Comparison.LESS_OR_EQUAL_UNSIGNED, fromZero, new Constant(9), number, letter);
    code.start(letter);
    Operand fromA =
        code.compute(
            Operation.SUBTRACT,
            code.compute(Operation.OR, character, new Constant(SMALL)),
            new Constant('a'));
    int isLetter = code.newBlock();
    code.copy(digit, new Constant(LARGEST_BASE));
    code.branch(Comparison.LESS_OR_EQUAL_UNSIGNED, fromA, new Constant(25), isLetter, join);
    code.start(isLetter);
    code.copy(digit, code.compute(Operation.ADD, fromA, new Constant(10)));
    code.jump(join);
    code.start(number);
    code.jump(join);
    code.start(join);
    return digit;
  }
}
