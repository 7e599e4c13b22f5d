package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.ContextAccess.Base;
import dev.tapwright.compiler.analysis.ContextAccess.Step;
import dev.tapwright.syntax.tree.Expression;
import java.util.function.Function;

/**
 * Compiles data of the kernel at an address that the script has, such as {@code
 * @cast(task, "task_struct")->pid}.
 */
final class KernelAccess {
  private final ContextAccess access;
  private final Function<Expression, NumberCode> numbers;
  private final int place;

  /**
   * An access to the kernel's memory.
   *
   * @param numbers compiles the expressions in it
   * @param place what a bad address points at
   */
  KernelAccess(ContextAccess access, Function<Expression, NumberCode> numbers, int place) {
    this.access = access;
    this.numbers = numbers;
    this.place = place;
  }

  /** Whether the machine can have it: no variable of a probe, and no memory of a program. */
  static boolean isCarried(ContextAccess access) {
    return !access.isUser() && access.base() instanceof Base.Value;
  }

  /** One that gives a number. */
  NumberCode number() {
    if (!(access.base() instanceof Base.Value(Expression expression))) {
      throw new IllegalArgumentException("a variable of a probe");
    }
    NumberCode value = numbers.apply(expression);
    for (Step step : access.steps()) {
      value = step(value, step);
    }
    return value;
  }

  /** One that gives a string. */
  TextCode text() {
    if (access.steps().getLast() instanceof Step.EnumeratorName(var enumeration)) {
      return new TextCode.EnumeratorName(number(), enumeration);
    }
    int limit =
        access.steps().getLast() instanceof Step.Text(int most) && most > 0
            ? most
            : Integer.MAX_VALUE;
    return new TextCode.KernelText(number(), limit, place);
  }

  private NumberCode step(NumberCode value, Step step) {
    return switch (step) {
      case Step.Offset offset -> compute(ArithmeticOperator.ADD, value, offset.bytes());
      case Step.Index(Expression index, long size) ->
          new NumberCode.Arithmetic(
              ArithmeticOperator.ADD,
              value,
              compute(ArithmeticOperator.MULTIPLY, numbers.apply(index), size),
              place);
      case Step.Load(int size, boolean isSigned) ->
          new NumberCode.KernelNumber(value, size, isSigned, place);
      case Step.BitField(int offset, int bits, boolean isSigned) ->
          compute(
              isSigned ? ArithmeticOperator.SHIFT_RIGHT : ArithmeticOperator.SHIFT_RIGHT_UNSIGNED,
              compute(ArithmeticOperator.SHIFT_LEFT, value, Long.SIZE - offset - bits),
              Long.SIZE - bits);
      // The last step of a string: what it is made from is asked for.
      case Step.Text _, Step.EnumeratorName _ -> value;
    };
  }

  private NumberCode compute(ArithmeticOperator operator, NumberCode left, long right) {
    return new NumberCode.Arithmetic(operator, left, new NumberCode.Constant(right), place);
  }
}
