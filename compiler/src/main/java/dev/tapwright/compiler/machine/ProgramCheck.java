package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.compiler.probe.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a program that may come from a damaged file: all that its code names must be there and
 * have the right type, so that running it needs no further checks. Nothing is said of places, which
 * matter only to messages.
 */
final class ProgramCheck {
  private final UserProgram program;
  private int numbers;
  private int texts;

  private ProgramCheck(UserProgram program) {
    this.program = program;
  }

  /** What is wrong with a program; empty when nothing is. */
  static Optional<String> problem(UserProgram program) {
    ProgramCheck check = new ProgramCheck(program);
    try {
      check.all();
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.message);
    } catch (StackOverflowError tooDeep) {
      return Optional.of("its code nests too deeply");
    }
  }

  private void all() {
    for (FunctionCode function : program.functions()) {
      numbers = function.numbers();
      texts = function.texts();
      int parameterTexts = 0;
      for (Type type : function.parameters()) {
        parameterTexts += kindOf(type) ? 1 : 0;
      }
      if (parameterTexts > texts || function.parameters().size() - parameterTexts > numbers) {
        throw refuse("a function without room for its parameters");
      }
      overloads(function);
      function.body().check(this);
    }
    for (HandlerCode handler : program.handlers()) {
      numbers = handler.numbers();
      texts = handler.texts();
      if (handler.condition().isPresent()) {
        handler.condition().get().check(this);
      }
      handler.body().check(this);
    }
  }

  /** The chain that {@code next} follows must have an end, and one shape of call. */
  private void overloads(FunctionCode function) {
    FunctionCode current = function;
    for (int i = 0; current.nextOverload() != -1; i++) {
      if (i > program.functions().size()) {
        throw refuse("overloads that go round in a circle");
      }
      current = function(current.nextOverload());
      if (!current.parameters().equals(function.parameters())
          || current.result() != function.result()) {
        throw refuse("overloads of different shapes");
      }
    }
  }

  /** What ends the check; the caller throws it. */
  RuntimeException refuse(String what) {
    return new Refusal(what);
  }

  void number(int slot) {
    if (slot < 0 || slot >= numbers) {
      throw refuse("a variable that is not there");
    }
  }

  void text(int slot) {
    if (slot < 0 || slot >= texts) {
      throw refuse("a variable that is not there");
    }
  }

  void text(String value) {
    if (value.length() > program.limits().stringLength()) {
      throw refuse("a string that cannot be");
    }
    bytes(value);
  }

  /** What becomes a string when it has been cut. */
  void bytes(String value) {
    boolean isGood = true;
    for (int i = 0; isGood && i < value.length(); i++) {
      isGood = value.charAt(i) != 0 && value.charAt(i) <= 0xff;
    }
    if (!isGood) {
      throw refuse("a string that cannot be");
    }
  }

  GlobalDefinition global(int global) {
    if (global < 0 || global >= program.globals().size()) {
      throw refuse("a global that is not there");
    }
    return program.globals().get(global);
  }

  void scalar(int global, Type type) {
    GlobalDefinition definition = global(global);
    same(definition.type(), type);
    array(definition, 0);
  }

  void element(int global, Type type, List<Code> key) {
    same(global(global).type(), type);
    exactKey(global, key);
  }

  void statistic(int global, List<Code> key) {
    same(global(global).type(), Type.STATISTICS);
    if (!key.isEmpty() || !global(global).keys().isEmpty()) {
      exactKey(global, key);
    }
  }

  void shape(int global, int shape) {
    if (shape < 0 || shape >= global(global).histograms().size()) {
      throw refuse("a histogram that is not there");
    }
  }

  /** A key in which wildcards may stand. */
  void pattern(int global, List<Code> key) {
    List<Code> exact = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    array(global(global), key.size());
    for (int i = 0; i < key.size(); i++) {
      if (!(key.get(i) instanceof Code.AnyValue)) {
        exact.add(key.get(i));
        types.add(global(global).keys().get(i));
      }
    }
    values(exact, types);
  }

  void array(GlobalDefinition definition, int keys) {
    if (definition.keys().size() != keys) {
      throw refuse("a key of the wrong length");
    }
  }

  void function(int index, List<Code> arguments, Type result) {
    FunctionCode function = function(index);
    if (function.result() != Type.UNKNOWN || result != Type.LONG) {
      same(function.result(), result);
    }
    values(arguments, function.parameters());
  }

  void provided(String name, List<Code> arguments, boolean isText) {
    Optional<Intrinsic> intrinsic = Intrinsics.named(name, arguments.size());
    if (intrinsic.isEmpty() || !intrinsic.get().placements().contains(Placement.USER)) {
      throw refuse("a function that is not provided: " + name);
    }
    Signature signature = intrinsic.get().signature();
    List<Type> types = new ArrayList<>();
    for (Signature.Parameter parameter : signature.parameters()) {
      types.add(parameter.type() == Signature.ValueType.STRING ? Type.STRING : Type.LONG);
    }
    values(arguments, types);
    boolean isOther =
        switch (signature.result()) {
          case NONE -> false;
          case LONG -> isText;
          case STRING -> !isText;
        };
    if (isOther) {
      throw refuse("a function of another type: " + name);
    }
  }

  /** Values of any type. */
  void values(List<Code> codes) {
    for (Code code : codes) {
      code.check(this);
    }
  }

  void regex(String pattern) {
    if (Regex.compile(pattern).problem().isPresent()) {
      throw refuse("a regular expression that is none");
    }
  }

  void same(Type found, Type expected) {
    if (found != expected) {
      throw refuse("a value of the wrong type");
    }
  }

  private void exactKey(int global, List<Code> key) {
    if (key.isEmpty()) {
      throw refuse("a key of the wrong length");
    }
    values(key, global(global).keys());
  }

  private void values(List<Code> codes, List<Type> types) {
    if (codes.size() != types.size()) {
      throw refuse("a wrong number of values");
    }
    for (int i = 0; i < codes.size(); i++) {
      codes.get(i).check(this);
      if (codes.get(i) instanceof TextCode != kindOf(types.get(i))) {
        throw refuse("a value of the wrong type");
      }
    }
  }

  private FunctionCode function(int index) {
    if (index < 0 || index >= program.functions().size()) {
      throw refuse("a function that is not there");
    }
    return program.functions().get(index);
  }

  private boolean kindOf(Type type) {
    if (type != Type.LONG && type != Type.STRING) {
      throw refuse("a parameter that is neither number nor string");
    }
    return type == Type.STRING;
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String message;

    Refusal(String message) {
      super(message, null, false, false);
      this.message = message;
    }
  }
}
