package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.UserHost;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs user-placed handlers, one at a time: it is for one thread.
 *
 * <p>Whatever the script does, a handler ends: its statements are counted ({@code
 * MAXACTION_INTERRUPTIBLE}), calls nest so deep ({@code MAXNESTING}), strings grow so long ({@code
 * MAXSTRINGLEN}).
 */
public final class UserMachine {
  private final UserProgram program;
  private final UserHost host;
  private final List<GlobalStore> stores = new ArrayList<>();
  private final Map<String, Regex> regexes = new HashMap<>();
  private String tokenizerRest = "";

  private UserMachine(
      UserProgram program, UserHost host, Map<Integer, ? extends GlobalStore> shared) {
    this.program = program;
    this.host = host;
    for (int i = 0; i < program.globals().size(); i++) {
      GlobalDefinition global = program.globals().get(i);
      GlobalStore store = shared.get(i);
      stores.add(global.isShared() && store != null ? store : heap(global));
      if (global.isShared() && store instanceof GlobalStore.Scalar scalar) {
        initialize(scalar, global);
      }
    }
  }

  /**
   * A machine for a program.
   *
   * @param host what the session's process tells and does
   * @param shared a store for each global that {@link GlobalDefinition#isShared()}, by its place in
   *     the program
   * @throws DamagedProgramException if the program cannot be run; the message says why
   */
  public static UserMachine create(
      UserProgram program, UserHost host, Map<Integer, ? extends GlobalStore> shared)
      throws DamagedProgramException {
    Optional<String> problem = ProgramCheck.problem(program);
    if (problem.isPresent()) {
      throw new DamagedProgramException("damaged program: " + problem.get());
    }
    for (int i = 0; i < program.globals().size(); i++) {
      GlobalDefinition global = program.globals().get(i);
      GlobalStore store = shared.get(i);
      if (global.isShared()) {
        boolean fits =
            global.type() == Type.STATISTICS
                ? store instanceof GlobalStore.Statistics
                : global.keys().isEmpty()
                    ? store instanceof GlobalStore.Scalar
                    : store instanceof GlobalStore.Array;
        if (!fits) {
          throw new DamagedProgramException(
              "damaged program: global " + global.name() + " has no map");
        }
      }
    }
    return new UserMachine(program, host, shared);
  }

  /** Maps begin as zeros. */
  private static void initialize(GlobalStore.Scalar scalar, GlobalDefinition global) {
    if (global.type() == Type.STRING && !global.initialText().isEmpty()) {
      scalar.set(new Value.StringValue(global.initialText()));
    } else if (global.type() == Type.LONG && global.initialNumber() != 0) {
      scalar.set(new Value.LongValue(global.initialNumber()));
    }
  }

  /** How many handlers there are. */
  public int handlers() {
    return program.handlers().size();
  }

  /**
   * Runs a handler to its end.
   *
   * @param handler its place in {@link UserProgram#handlers()}
   * @return why it ended early, if a fault ended it
   */
  public Optional<HandlerFault> run(int handler) {
    if (handler < 0 || handler >= program.handlers().size()) {
      return Optional.of(new HandlerFault("damaged program: a handler that is not there", ""));
    }
    HandlerCode code = program.handlers().get(handler);
    Execution execution = new Execution(this, program, host, code);
    Activation activation = new Activation(execution, code.numbers(), code.texts(), 0);
    try {
      if (code.condition().isEmpty() || code.condition().get().evaluate(activation) != 0) {
        code.body().execute(activation);
      }
      return registered(execution);
    } catch (ScriptFault fault) {
      return Optional.of(new HandlerFault(fault.message(), place(fault.place())));
    } catch (Execution.EndOfHandler end) {
      return registered(execution);
    } catch (StackOverflowError tooDeep) {
      // Expressions and calls nest so far as a script says, and so do these methods.
      return Optional.of(new HandlerFault("expressions and calls nest too deeply", ""));
    }
  }

  private Optional<HandlerFault> registered(Execution execution) {
    return execution
        .registered()
        .map(fault -> new HandlerFault(fault.message(), place(fault.place())));
  }

  private String place(int index) {
    return index >= 0 && index < program.places().size() ? program.places().get(index) : "";
  }

  GlobalStore store(int global) {
    return stores.get(global);
  }

  boolean isStatistics(int global) {
    return program.globals().get(global).type() == Type.STATISTICS;
  }

  /** A regular expression that the program's check has accepted. */
  Regex regex(String pattern) {
    Regex regex = regexes.get(pattern);
    if (regex == null) {
      regex = Regex.compile(pattern);
      regexes.put(pattern, regex);
    }
    return regex;
  }

  String tokenizerRest() {
    return tokenizerRest;
  }

  void keepTokenizerRest(String rest) {
    tokenizerRest = rest;
  }

  private static GlobalStore heap(GlobalDefinition global) {
    if (global.type() == Type.STATISTICS) {
      return new HeapStatistics(global);
    }
    if (!global.keys().isEmpty()) {
      return new HeapArray(global.size(), global.wraps());
    }
    return new HeapScalar(
        global.type() == Type.STRING
            ? new StringValue(global.initialText())
            : new LongValue(global.initialNumber()));
  }

  /** What a variable has before anything is stored. */
  static Value emptyValue(Type type) {
    return type == Type.STRING ? new StringValue("") : new LongValue(0);
  }
}
