package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import java.util.List;

/**
 * Where the variables of a handler or function are kept: numbers and strings are counted each for
 * itself.
 */
final class Slots {
  private final int[] slots;
  private int numbers;
  private int texts;

  Slots(List<Variable.Local> locals) {
    slots = new int[locals.size()];
    for (Variable.Local local : locals) {
      slots[local.index()] = local.type() == Type.STRING ? texts++ : numbers++;
    }
  }

  int of(Variable.Local local) {
    return slots[local.index()];
  }

  int numbers() {
    return numbers;
  }

  int texts() {
    return texts;
  }
}
