package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.FormatPart.Size;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;

/**
 * What a directive says of the room that its value takes, with the values of its {@code *}.
 *
 * @param width least number of bytes
 * @param isLeft whether the value is on the left
 * @param precision negative when there is none
 * @param most bytes that are filled at most: as many as any string has, when it is not known
 * @param mostDigits the same of the zeros that a precision makes
 */
record FormatField(Operand width, boolean isLeft, Operand precision, int most, int mostDigits) {
  /** The widest field, and the most digits of a number, as in user space. */
  static final int WIDEST = 8192;

  /** How many arguments of a directive say its sizes. */
  static int stars(Directive directive) {
    return (directive.width() instanceof Size.FromArgument ? 1 : 0)
        + (directive.precision() instanceof Size.FromArgument ? 1 : 0);
  }

  /**
   * Computes the sizes.
   *
   * @param taken the directive's arguments, those of its {@code *} first
   */
  static FormatField of(
      HandlerLowering handler, Directive directive, List<? extends Expression> taken) {
    Operand width = size(handler, directive.width(), taken.getFirst(), 0);
    int next = directive.width() instanceof Size.FromArgument ? 1 : 0;
    Operand precision = size(handler, directive.precision(), taken.get(next), -1);
    return new FormatField(
        width,
        directive.flag() == Flag.LEFT,
        precision,
        most(handler, directive.width()),
        most(handler, directive.precision()));
  }

  private static Operand size(HandlerLowering handler, Size size, Expression argument, int absent) {
    return switch (size) {
      case Size.Absent() -> new Constant(absent);
      case Size.Fixed(int count) -> new Constant(Math.min(count, WIDEST));
      case Size.FromArgument() -> between(handler, handler.numbers.number(argument));
    };
  }

  private static int most(HandlerLowering handler, Size size) {
    return switch (size) {
      case Size.Absent() -> 0;
      case Size.Fixed(int count) -> Math.min(count, WIDEST);
      case Size.FromArgument() -> handler.tables.capacities().most();
    };
  }

  /** What a {@code *} takes: an int, as SystemTap 4.8 takes it, and none that is negative. */
  private static Operand between(HandlerLowering handler, Operand number) {
    if (number instanceof Constant(long value)) {
      int size = (int) value;
      return new Constant(Math.clamp(size, 0, WIDEST));
    }
    CodeBuilder code = handler.code;
    Operand shifted = code.compute(Operation.SHIFT_LEFT, number, new Constant(Integer.SIZE));
    Virtual result = code.fresh();
    code.copy(result, code.compute(Operation.SHIFT_RIGHT, shifted, new Constant(Integer.SIZE)));
    limit(code, result, Comparison.GREATER, WIDEST);
    limit(code, result, Comparison.LESS, 0);
    return result;
  }

  private static void limit(CodeBuilder code, Virtual number, Comparison comparison, long limit) {
    int beyond = code.newBlock();
    int join = code.newBlock();
    code.branch(comparison, number, new Constant(limit), beyond, join);
    code.start(beyond);
    code.copy(number, new Constant(limit));
    code.jump(join);
    code.start(join);
  }

  /** Whether both sizes stand in the script. */
  boolean isFixed() {
    return width instanceof Constant && precision instanceof Constant;
  }

  /** The width that stands in the script. */
  int fixedWidth() {
    return width instanceof Constant(long known) ? (int) known : 0;
  }

  /** The precision that stands in the script; negative when none does. */
  int fixedPrecision() {
    return precision instanceof Constant(long known) ? (int) known : -1;
  }

  /** Bytes that are missing before a value of a length; none when it is negative. */
  Operand before(CodeBuilder code, Operand length) {
    return isLeft ? new Constant(0) : missing(code, length);
  }

  /** Bytes that are missing behind a value of a length; none when it is negative. */
  Operand behind(CodeBuilder code, Operand length) {
    return isLeft ? missing(code, length) : new Constant(0);
  }

  private Operand missing(CodeBuilder code, Operand length) {
    return width.equals(new Constant(0)) ? width : code.compute(Operation.SUBTRACT, width, length);
  }

  /** Adds a value of a length, with spaces around it. */
  void pad(HandlerLowering handler, TextBuilder builder, Operand length, Runnable append) {
    builder.fill(' ', before(handler.code, length), most);
    append.run();
    builder.fill(' ', behind(handler.code, length), most);
  }
}
