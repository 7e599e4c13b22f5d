package dev.tapwright.compiler.agreement;

import java.util.ArrayList;
import java.util.List;

/** What a script being made has declared so far, and what the handler being made can name. */
final class Scope {
  /** What a value is. */
  enum Kind {
    NUMBER,
    TEXT
  }

  /** What a global is. */
  enum Shape {
    SCALAR,
    ARRAY,
    STATISTIC,
    STATISTIC_ARRAY;

    boolean isStatistic() {
      return this == STATISTIC || this == STATISTIC_ARRAY;
    }
  }

  /** A global, with the kinds of its indexes. */
  record Global(String name, Shape shape, Kind kind, List<Kind> indexes) {
    boolean isArray() {
      return !indexes.isEmpty();
    }
  }

  /** A function; of several of one name and arity only the first is kept. */
  record Function(String name, Kind result, List<Kind> parameters) {}

  private final List<Global> globals = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private final List<String> constants = new ArrayList<>();
  private final List<String> macros = new ArrayList<>();
  private final List<Global> walked = new ArrayList<>();
  private final List<String> numbers = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private int made;

  List<Global> globals() {
    return globals;
  }

  List<Function> functions() {
    return functions;
  }

  /** Macros without arguments that stand for a number. */
  List<String> constants() {
    return constants;
  }

  /** Macros with one argument, a number, that stand for a number. */
  List<String> macros() {
    return macros;
  }

  /** Arrays that are being walked. */
  List<Global> walked() {
    return walked;
  }

  /** Begins a handler or function: nothing local is known in it. */
  void begin() {
    numbers.clear();
    texts.clear();
  }

  /** Locals that have a value of a kind. */
  List<String> locals(Kind kind) {
    return kind == Kind.NUMBER ? numbers : texts;
  }

  /** A name that nothing else has. */
  String fresh(String prefix) {
    return prefix + made++;
  }

  List<Global> arrays() {
    return globals.stream().filter(Global::isArray).toList();
  }

  List<Global> statistics() {
    return globals.stream().filter(global -> global.shape().isStatistic()).toList();
  }

  /** Scalars and arrays whose value is of a kind. */
  List<Global> plain(Kind kind) {
    return globals.stream()
        .filter(global -> !global.shape().isStatistic() && global.kind() == kind)
        .toList();
  }

  /** Globals that may be changed here. */
  List<Global> free() {
    return globals.stream().filter(global -> !walked.contains(global)).toList();
  }
}
