package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import java.util.List;

/** Where an assignment stores. */
public sealed interface Target {
  /** Refuses a program unless this stores that type. */
  void check(ProgramCheck check, Type type);

  /** Stores a value. */
  void store(Activation activation, Value value);

  /**
   * Carries out an assignment and gives its result. The key is evaluated first, then the value,
   * then the old value is read.
   */
  long updateNumber(Activation activation, NumberCode.Assign assignment);

  /** Carries out an assignment and gives its result. */
  String updateText(Activation activation, TextCode.Assign assignment);

  /**
   * A variable of the handler or function.
   *
   * @param isText whether it is a string
   */
  record Local(boolean isText, int slot) implements Target {
    @Override
    public void check(ProgramCheck check, Type type) {
      check.same(type, isText ? Type.STRING : Type.LONG);
      if (isText) {
        check.text(slot);
      } else {
        check.number(slot);
      }
    }

    @Override
    public void store(Activation activation, Value value) {
      if (value instanceof LongValue number) {
        activation.setNumber(slot, number.value());
      } else if (value instanceof StringValue text) {
        activation.setText(slot, text.value());
      }
    }

    @Override
    public long updateNumber(Activation activation, NumberCode.Assign assignment) {
      long value = assignment.value().evaluate(activation);
      long old = activation.number(slot);
      long stored = assignment.combine(old, value);
      activation.setNumber(slot, stored);
      return assignment.givesOld() ? old : stored;
    }

    @Override
    public String updateText(Activation activation, TextCode.Assign assignment) {
      String value = assignment.value().evaluate(activation);
      String stored =
          assignment.appends()
              ? activation.execution().cut(activation.text(slot).concat(value))
              : value;
      activation.setText(slot, stored);
      return stored;
    }
  }

  /** A global scalar. */
  record Global(int global) implements Target {
    @Override
    public void check(ProgramCheck check, Type type) {
      check.scalar(global, type);
    }

    @Override
    public void store(Activation activation, Value value) {
      activation.execution().scalar(global).set(value);
    }

    @Override
    public long updateNumber(Activation activation, NumberCode.Assign assignment) {
      long value = assignment.value().evaluate(activation);
      GlobalStore.Scalar scalar = activation.execution().scalar(global);
      long old = assignment.readsOld() ? activation.execution().number(global) : 0;
      long stored = assignment.combine(old, value);
      scalar.set(new LongValue(stored));
      return assignment.givesOld() ? old : stored;
    }

    @Override
    public String updateText(Activation activation, TextCode.Assign assignment) {
      String value = assignment.value().evaluate(activation);
      GlobalStore.Scalar scalar = activation.execution().scalar(global);
      String stored =
          assignment.appends()
              ? activation.execution().cut(activation.execution().text(global).concat(value))
              : value;
      scalar.set(new StringValue(stored));
      return stored;
    }
  }

  /**
   * An element of an array.
   *
   * @param place what a fault points at when the array is full
   */
  record Element(int global, List<Code> key, int place) implements Target {
    /** Copies the list. */
    public Element {
      key = List.copyOf(key);
    }

    @Override
    public void check(ProgramCheck check, Type type) {
      check.element(global, type, key);
    }

    @Override
    public void store(Activation activation, Value value) {
      activation.execution().put(global, activation.values(key), value, place);
    }

    @Override
    public long updateNumber(Activation activation, NumberCode.Assign assignment) {
      List<Value> values = activation.values(key);
      long value = assignment.value().evaluate(activation);
      Execution execution = activation.execution();
      execution.forgetCopy(global);
      long old = assignment.readsOld() ? execution.number(global, values) : 0;
      long stored = assignment.combine(old, value);
      execution.put(global, values, new LongValue(stored), place);
      return assignment.givesOld() ? old : stored;
    }

    @Override
    public String updateText(Activation activation, TextCode.Assign assignment) {
      List<Value> values = activation.values(key);
      String value = assignment.value().evaluate(activation);
      Execution execution = activation.execution();
      execution.forgetCopy(global);
      String stored =
          assignment.appends()
              ? execution.cut(execution.text(global, values).concat(value))
              : value;
      execution.put(global, values, new StringValue(stored), place);
      return stored;
    }
  }
}
