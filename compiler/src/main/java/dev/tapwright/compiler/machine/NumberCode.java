package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.List;
import java.util.Optional;

/**
 * An expression that gives a number.
 *
 * <p>Each record evaluates itself, by a method and not by a {@code switch} over patterns: the
 * machine is a part of every run of a script, however short, and such a switch costs milliseconds
 * when it is first met.
 */
public sealed interface NumberCode extends Code
    permits NumberCode.Constant,
        NumberCode.Local,
        NumberCode.Global,
        NumberCode.Element,
        NumberCode.Arithmetic,
        NumberCode.Unary,
        NumberCode.Logical,
        NumberCode.CompareTexts,
        NumberCode.Conditional,
        NumberCode.Assign,
        NumberCode.Call,
        NumberCode.CallProvided,
        NumberCode.Membership,
        NumberCode.RegexMatch,
        NumberCode.Print,
        NumberCode.KernelNumber,
        StatisticCode {
  /** Its value. */
  long evaluate(Activation activation);

  /** A number. */
  record Constant(long value) implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return value;
    }

    @Override
    public void check(ProgramCheck check) {}
  }

  /** A variable of the handler or function. */
  record Local(int slot) implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return activation.number(slot);
    }

    @Override
    public void check(ProgramCheck check) {
      check.number(slot);
    }
  }

  /** A global scalar. */
  record Global(int global) implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return activation.execution().number(global);
    }

    @Override
    public void check(ProgramCheck check) {
      check.scalar(global, Type.LONG);
    }
  }

  /** An element of an array; 0 when there is none. */
  record Element(int global, List<Code> key) implements NumberCode {
    /** Copies the list. */
    public Element {
      key = List.copyOf(key);
    }

    @Override
    public long evaluate(Activation activation) {
      return activation.execution().number(global, activation.values(key));
    }

    @Override
    public void check(ProgramCheck check) {
      check.element(global, Type.LONG, key);
    }
  }

  /** {@code left + right} and the like. */
  record Arithmetic(ArithmeticOperator operator, NumberCode left, NumberCode right, int place)
      implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return operator.apply(left.evaluate(activation), right.evaluate(activation), place);
    }

    @Override
    public void check(ProgramCheck check) {
      left.check(check);
      right.check(check);
    }
  }

  /** An operator before a number. */
  record Unary(Operator operator, NumberCode operand) implements NumberCode {
    /** Which. */
    public enum Operator {
      MINUS,
      NOT,
      COMPLEMENT
    }

    @Override
    public long evaluate(Activation activation) {
      long value = operand.evaluate(activation);
      return switch (operator) {
        case MINUS -> -value;
        case NOT -> value == 0 ? 1 : 0;
        case COMPLEMENT -> ~value;
      };
    }

    @Override
    public void check(ProgramCheck check) {
      operand.check(check);
    }
  }

  /** {@code &&} and {@code ||}: the right side is evaluated only when it decides. */
  record Logical(boolean isAnd, NumberCode left, NumberCode right) implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return (left.evaluate(activation) != 0) == isAnd
          ? (right.evaluate(activation) != 0 ? 1 : 0)
          : (isAnd ? 0 : 1);
    }

    @Override
    public void check(ProgramCheck check) {
      left.check(check);
      right.check(check);
    }
  }

  /** A comparison of strings, byte by byte. */
  record CompareTexts(ArithmeticOperator operator, TextCode left, TextCode right)
      implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return operator.apply(left.evaluate(activation).compareTo(right.evaluate(activation)), 0, 0);
    }

    @Override
    public void check(ProgramCheck check) {
      left.check(check);
      right.check(check);
      if (!operator.isComparison()) {
        throw check.refuse("arithmetic of strings");
      }
    }
  }

  /** {@code condition ? then : otherwise}. */
  record Conditional(NumberCode condition, NumberCode then, NumberCode otherwise)
      implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return condition.evaluate(activation) != 0
          ? then.evaluate(activation)
          : otherwise.evaluate(activation);
    }

    @Override
    public void check(ProgramCheck check) {
      condition.check(check);
      then.check(check);
      otherwise.check(check);
    }
  }

  /**
   * An assignment, with an operation on the old value or without.
   *
   * @param operator what is done with the old value; empty to replace it
   * @param givesOld whether the result is the old value: {@code a++}
   * @param place what a fault of the operation points at
   */
  record Assign(
      Target target,
      Optional<ArithmeticOperator> operator,
      NumberCode value,
      boolean givesOld,
      int place)
      implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return target.updateNumber(activation, this);
    }

    /** Whether the old value matters. */
    boolean readsOld() {
      return operator.isPresent() || givesOld;
    }

    /** What to store. */
    long combine(long old, long value) {
      return operator.isPresent() ? operator.get().apply(old, value, place) : value;
    }

    @Override
    public void check(ProgramCheck check) {
      target.check(check, Type.LONG);
      value.check(check);
    }
  }

  /** A call of a function of the script. */
  record Call(int function, List<Code> arguments, int place) implements NumberCode {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public long evaluate(Activation activation) {
      return activation.call(function, arguments, place).resultNumber();
    }

    @Override
    public void check(ProgramCheck check) {
      check.function(function, arguments, Type.LONG);
    }
  }

  /** A call of a function that the compiler provides. */
  record CallProvided(String name, List<Code> arguments, int place) implements NumberCode {
    /** Copies the list. */
    public CallProvided {
      arguments = List.copyOf(arguments);
    }

    @Override
    public long evaluate(Activation activation) {
      return activation.execution().provided(activation, name, arguments, place).orElse(null)
              instanceof LongValue number
          ? number.value()
          : 0;
    }

    @Override
    public void check(ProgramCheck check) {
      check.provided(name, arguments, false);
    }
  }

  /** Whether an array has an element; a key may have wildcards. */
  record Membership(int global, List<Code> key) implements NumberCode {
    /** Copies the list. */
    public Membership {
      key = List.copyOf(key);
    }

    @Override
    public long evaluate(Activation activation) {
      return activation.execution().contains(global, KeyPattern.of(activation, key)) ? 1 : 0;
    }

    @Override
    public void check(ProgramCheck check) {
      check.pattern(global, key);
    }
  }

  /** {@code subject =~ "pattern"}. */
  record RegexMatch(String pattern, boolean isNegated, TextCode subject) implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return activation.execution().match(pattern, subject.evaluate(activation)) != isNegated
          ? 1
          : 0;
    }

    @Override
    public void check(ProgramCheck check) {
      check.regex(pattern);
      subject.check(check);
    }
  }

  /**
   * A number in the kernel's memory.
   *
   * @param size 1, 2, 4 or 8 bytes
   */
  record KernelNumber(NumberCode address, int size, boolean isSigned, int place)
      implements NumberCode {
    @Override
    public long evaluate(Activation activation) {
      return activation
          .execution()
          .kernelNumber(address.evaluate(activation), size, isSigned, place);
    }

    @Override
    public void check(ProgramCheck check) {
      address.check(check);
      if (size < 1 || size > Long.BYTES) {
        throw check.refuse("a number of that size");
      }
    }
  }

  /**
   * Prints. Its value is 0.
   *
   * @param place what a fault of it points at
   */
  record Print(PrintFormat format, List<Code> arguments, int place) implements NumberCode {
    /** Copies the list. */
    public Print {
      arguments = List.copyOf(arguments);
    }

    @Override
    public long evaluate(Activation activation) {
      activation
          .execution()
          .print(activation.execution().render(format, activation.values(arguments), place));
      return 0;
    }

    @Override
    public void check(ProgramCheck check) {
      check.values(arguments);
    }
  }
}
