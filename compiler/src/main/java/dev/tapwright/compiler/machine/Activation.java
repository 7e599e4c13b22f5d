package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One run of a handler or function: its variables. */
final class Activation {
  /** More than any script has; a bound for a damaged program. */
  private static final int MOST_VARIABLES = 1 << 16;

  private final Execution execution;
  private final long[] numbers;
  private final String[] texts;
  private final int depth;
  private long resultNumber;
  private String resultText = "";

  Activation(Execution execution, int numbers, int texts, int depth) {
    this.execution = execution;
    this.numbers = new long[numbers];
    this.texts = new String[texts];
    Arrays.fill(this.texts, "");
    this.depth = depth;
  }

  /** Throws for numbers of variables that no script has. */
  static void checkSizes(int numbers, int texts) {
    if (numbers < 0 || numbers > MOST_VARIABLES || texts < 0 || texts > MOST_VARIABLES) {
      throw new IllegalArgumentException("number of variables");
    }
  }

  /** What all activations of one run of a handler share. */
  Execution execution() {
    return execution;
  }

  long number(int slot) {
    return numbers[slot];
  }

  void setNumber(int slot, long value) {
    numbers[slot] = value;
  }

  String text(int slot) {
    return texts[slot];
  }

  void setText(int slot, String value) {
    texts[slot] = value;
  }

  long resultNumber() {
    return resultNumber;
  }

  String resultText() {
    return resultText;
  }

  void setResult(Code value) {
    if (value instanceof NumberCode number) {
      resultNumber = number.evaluate(this);
    } else if (value instanceof TextCode text) {
      resultText = text.evaluate(this);
    }
  }

  void setResult(long number) {
    resultNumber = number;
  }

  void setResult(String text) {
    resultText = text;
  }

  /** The values of some expressions, in order. */
  List<Value> values(List<Code> codes) {
    if (codes.size() == 1) {
      return List.of(value(codes.getFirst()));
    }
    List<Value> values = new ArrayList<>(codes.size());
    for (Code code : codes) {
      values.add(value(code));
    }
    return List.copyOf(values);
  }

  /** The value of an expression. */
  Value value(Code code) {
    if (code instanceof NumberCode number) {
      return new LongValue(number.evaluate(this));
    }
    if (code instanceof TextCode text) {
      return new StringValue(text.evaluate(this));
    }
    throw new IllegalStateException("a wildcard has no value");
  }

  /**
   * Calls a function, and those that its {@code next} goes on to; the activation that is given has
   * the result.
   */
  Activation call(int function, List<Code> arguments, int place) {
    UserProgram program = execution.program();
    if (depth >= program.limits().nesting()) {
      throw new ScriptFault("MAXNESTING exceeded", place, true);
    }
    List<Value> values = values(arguments);
    for (int next = function; next >= 0; ) {
      FunctionCode code = program.functions().get(next);
      Activation callee = new Activation(execution, code.numbers(), code.texts(), depth + 1);
      callee.setParameters(values);
      if (code.body().execute(callee) != Completion.NEXT) {
        return callee;
      }
      next = code.nextOverload();
    }
    throw new ScriptFault("all functions exhausted", place, true);
  }

  private void setParameters(List<Value> values) {
    int number = 0;
    int text = 0;
    for (Value value : values) {
      if (value instanceof LongValue parameter) {
        numbers[number++] = parameter.value();
      } else if (value instanceof StringValue parameter) {
        texts[text++] = parameter.value();
      }
    }
  }
}
