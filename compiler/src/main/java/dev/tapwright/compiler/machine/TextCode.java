package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.List;

/**
 * An expression that gives a string: one {@code char} of 0 to 255 for each byte, never longer than
 * {@link Limits#stringLength()} and without NUL.
 */
public sealed interface TextCode extends Code {
  /** Its value. */
  String evaluate(Activation activation);

  /** A string. */
  record Constant(String value) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      return value;
    }

    @Override
    public void check(ProgramCheck check) {
      check.text(value);
    }
  }

  /** A variable of the handler or function. */
  record Local(int slot) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      return activation.text(slot);
    }

    @Override
    public void check(ProgramCheck check) {
      check.text(slot);
    }
  }

  /** A global scalar. */
  record Global(int global) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      return activation.execution().text(global);
    }

    @Override
    public void check(ProgramCheck check) {
      check.scalar(global, Type.STRING);
    }
  }

  /** An element of an array; empty when there is none. */
  record Element(int global, List<Code> key) implements TextCode {
    /** Copies the list. */
    public Element {
      key = List.copyOf(key);
    }

    @Override
    public String evaluate(Activation activation) {
      return activation.execution().text(global, activation.values(key));
    }

    @Override
    public void check(ProgramCheck check) {
      check.element(global, Type.STRING, key);
    }
  }

  /** {@code left . right}. */
  record Concatenate(TextCode left, TextCode right) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      return activation
          .execution()
          .cut(left.evaluate(activation).concat(right.evaluate(activation)));
    }

    @Override
    public void check(ProgramCheck check) {
      left.check(check);
      right.check(check);
    }
  }

  /** {@code condition ? then : otherwise}. */
  record Conditional(NumberCode condition, TextCode then, TextCode otherwise) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
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

  /** A value, or another string where computing it fails. */
  record Attempt(TextCode value, TextCode otherwise) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      activation.execution().enterTry();
      try {
        return value.evaluate(activation);
      } catch (ScriptFault fault) {
        if (!fault.isCatchable()) {
          throw fault;
        }
      } finally {
        activation.execution().leaveTry();
      }
      return otherwise.evaluate(activation);
    }

    @Override
    public void check(ProgramCheck check) {
      value.check(check);
      otherwise.check(check);
    }
  }

  /**
   * An assignment.
   *
   * @param appends whether the value goes behind the old one: {@code .=}
   */
  record Assign(Target target, boolean appends, TextCode value) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      return target.updateText(activation, this);
    }

    @Override
    public void check(ProgramCheck check) {
      target.check(check, Type.STRING);
      value.check(check);
    }
  }

  /** A call of a function of the script. */
  record Call(int function, List<Code> arguments, int place) implements TextCode {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String evaluate(Activation activation) {
      return activation.call(function, arguments, place).resultText();
    }

    @Override
    public void check(ProgramCheck check) {
      check.function(function, arguments, Type.STRING);
    }
  }

  /** A call of a function that the compiler provides. */
  record CallProvided(String name, List<Code> arguments, int place) implements TextCode {
    /** Copies the list. */
    public CallProvided {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String evaluate(Activation activation) {
      return activation.execution().provided(activation, name, arguments, place).orElse(null)
              instanceof StringValue text
          ? activation.execution().cut(text.value())
          : "";
    }

    @Override
    public void check(ProgramCheck check) {
      check.provided(name, arguments, true);
    }
  }

  /**
   * A string in the kernel's memory.
   *
   * @param limit most bytes of it
   */
  record KernelText(NumberCode address, int limit, int place) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      return activation.execution().kernelText(address.evaluate(activation), limit, place);
    }

    @Override
    public void check(ProgramCheck check) {
      address.check(check);
      if (limit < 0) {
        throw check.refuse("a string of that size");
      }
    }
  }

  /** The name of a number in an enumeration; its digits where it has none. */
  record EnumeratorName(NumberCode number, TypeShape.Enumeration enumeration) implements TextCode {
    @Override
    public String evaluate(Activation activation) {
      long value = number.evaluate(activation);
      return activation
          .execution()
          .cut(enumeration.nameOf(value).orElseGet(() -> Long.toString(value)));
    }

    @Override
    public void check(ProgramCheck check) {
      number.check(check);
      enumeration.values().forEach(value -> check.bytes(value.name()));
    }
  }

  /**
   * {@code sprintf} and its kin.
   *
   * @param place what a fault of it points at
   */
  record Sprint(PrintFormat format, List<Code> arguments, int place) implements TextCode {
    /** Copies the list. */
    public Sprint {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String evaluate(Activation activation) {
      return activation
          .execution()
          .cut(activation.execution().render(format, activation.values(arguments), place));
    }

    @Override
    public void check(ProgramCheck check) {
      check.values(arguments);
    }
  }
}
