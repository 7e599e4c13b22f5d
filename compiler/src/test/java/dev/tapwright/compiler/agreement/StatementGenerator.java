package dev.tapwright.compiler.agreement;

import dev.tapwright.compiler.agreement.Scope.Global;
import dev.tapwright.compiler.agreement.Scope.Kind;
import dev.tapwright.compiler.agreement.Scope.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes statements. */
final class StatementGenerator {
  private static final int DEEPEST = 3;

  private final Dice dice;
  private final Scope scope;
  private final ExpressionGenerator expressions;
  private final StringBuilder out;
  private int depth;
  private int loops;
  private Optional<Kind> result = Optional.empty();

  StatementGenerator(Dice dice, Scope scope, ExpressionGenerator expressions, StringBuilder out) {
    this.dice = dice;
    this.scope = scope;
    this.expressions = expressions;
    this.out = out;
  }

  /**
   * Makes the statements of a body.
   *
   * @param ofFunction what {@code return} gives; empty in a handler
   */
  void body(int count, Optional<Kind> ofFunction) {
    result = ofFunction;
    statements(count, "  ");
    result = Optional.empty();
  }

  private void statements(int count, String indent) {
    for (int i = 0; i < count; i++) {
      statement(indent);
    }
  }

  private void statement(String indent) {
    if (dice.isMistaken()) {
      line(indent, faulty());
      return;
    }
    depth++;
    switch (dice.below(depth > DEEPEST ? 9 : 18)) {
      case 0, 1 -> assignLocal(indent);
      case 2, 3 -> assignGlobal(indent);
      case 4, 5, 6 -> print(indent);
      case 7 -> small(indent);
      case 8 -> delete(indent);
      case 9, 10 -> branch(indent);
      case 11 -> {
        line(indent, "while (" + expressions.number() + ") {");
        loop(indent);
      }
      case 12 -> {
        String name = scope.fresh("i");
        line(indent, "for (" + name + " = 0; " + name + " < 5; " + name + "++) {");
        scope.locals(Kind.NUMBER).add(name);
        loop(indent);
      }
      case 13, 14 -> foreach(indent);
      case 15 -> histogramLoop(indent);
      case 16 -> jump(indent);
      default -> attempt(indent);
    }
    depth--;
  }

  private void branch(String indent) {
    line(indent, "if (" + expressions.number() + ") {");
    scoped(indent);
    if (dice.chance(0.2)) {
      line(indent, "} else if (" + expressions.number() + ") {");
      scoped(indent);
    }
    if (dice.chance(0.4)) {
      line(indent, "} else {");
      scoped(indent);
    }
    line(indent, "}");
  }

  private void attempt(String indent) {
    line(indent, "try {");
    scoped(indent);
    if (dice.chance(0.5)) {
      line(indent, "} catch {");
    } else {
      String name = dice.pick("trouble", "msg", expressions.local(Kind.TEXT, "e"));
      line(indent, "} catch (" + name + ") {");
      if (dice.chance(0.6)) {
        line(indent + "  ", "println(" + name + ")");
      }
    }
    scoped(indent);
    line(indent, "}");
  }

  private void scoped(String indent) {
    statements(dice.chance(0.1) ? 0 : 1 + dice.below(2), indent + "  ");
  }

  private void loop(String indent) {
    loops++;
    scoped(indent);
    if (dice.chance(0.3)) {
      line(indent + "  ", dice.pick("break", "continue"));
    }
    loops--;
    line(indent, "}");
  }

  private void jump(String indent) {
    if (loops > 0 && dice.chance(0.6)) {
      line(indent, "if (" + expressions.number() + ") " + dice.pick("break", "continue"));
    } else if (result.isPresent() && dice.chance(0.7)) {
      line(
          indent,
          (dice.chance(0.5) ? "if (" + expressions.number() + ") " : "")
              + "return "
              + expressions.of(result.get()));
    } else {
      line(indent, dice.chance(0.6) ? "if (" + expressions.number() + ") next" : "next");
    }
  }

  private void foreach(String indent) {
    List<Global> arrays = scope.arrays();
    if (arrays.isEmpty()) {
      print(indent);
      return;
    }
    Global array = dice.pick(arrays);
    List<String> keys = new ArrayList<>();
    boolean isSorted = false;
    for (Kind kind : array.indexes()) {
      String name = dice.isMistaken() ? "k" : scope.fresh("k");
      scope.locals(kind).add(name);
      boolean isKey = !isSorted && dice.chance(0.2);
      isSorted |= isKey;
      keys.add(name + (isKey ? dice.pick("+", "-") : ""));
    }
    if (dice.isMistaken()) {
      keys.add(scope.fresh("k"));
    }
    String written =
        keys.size() == 1 && dice.chance(0.7)
            ? keys.getFirst()
            : "[" + String.join(", ", keys) + "]";
    if (dice.chance(0.2) && (!array.shape().isStatistic() || dice.isMistaken())) {
      String value = scope.fresh("e");
      boolean isKey = !isSorted && dice.chance(0.3);
      isSorted |= isKey;
      written = value + (isKey ? dice.pick("+", "-") : "") + " = " + written;
      scope.locals(array.kind()).add(value);
    }
    String behind = dice.chance(0.15) ? expressions.indexes(array, true) : "";
    if (!isSorted && dice.chance(0.3)) {
      behind +=
          (array.shape().isStatistic() != dice.isMistaken()
                  ? dice.pick("", " @count", " @avg", " @sum", " @max", " @min")
                  : "")
              + dice.pick("+", "-");
    }
    String limit = dice.chance(0.3) ? " limit " + expressions.number() : "";
    line(indent, "foreach (" + written + " in " + array.name() + behind + limit + ") {");
    scope.walked().add(array);
    loop(indent);
    scope.walked().removeLast();
  }

  private void histogramLoop(String indent) {
    List<Global> statistics = scope.statistics();
    if (statistics.isEmpty()) {
      print(indent);
      return;
    }
    String histogram = expressions.histogram(dice.pick(statistics));
    if (dice.chance(0.6)) {
      line(indent, "print(" + histogram + ")");
      return;
    }
    String bucket = scope.fresh("b");
    String value = dice.chance(0.4) ? scope.fresh("c") + " = " : "";
    line(indent, "foreach (" + value + bucket + " in " + histogram + ") {");
    scope.locals(Kind.NUMBER).add(bucket);
    loop(indent);
  }

  private void assignLocal(String indent) {
    Kind kind = dice.kind();
    String name = "v" + dice.below(4) + (kind == Kind.NUMBER ? "n" : "s");
    line(indent, name + " " + expressions.assignmentOperator(kind) + " " + expressions.of(kind));
    scope.locals(kind).add(name);
  }

  private void assignGlobal(String indent) {
    List<Global> globals = dice.isMistaken() ? scope.globals() : scope.free();
    if (globals.isEmpty()) {
      print(indent);
      return;
    }
    Global global = dice.pick(globals);
    String target = expressions.element(global);
    line(
        indent,
        global.shape().isStatistic()
            ? target + " <<< " + expressions.number()
            : global.kind() == Kind.NUMBER && dice.chance(0.3)
                ? target + dice.pick("++", "--")
                : target
                    + " "
                    + expressions.assignmentOperator(global.kind())
                    + " "
                    + expressions.of(global.kind()));
  }

  private void print(String indent) {
    line(
        indent,
        switch (dice.below(9)) {
          case 8 ->
              "println(" + (dice.chance(0.4) ? expressions.defined() : expressions.any()) + ")";
          case 0, 1 -> "println(" + expressions.any() + ")";
          case 2 -> "print(" + expressions.any() + ", " + expressions.any() + ")";
          case 3, 4, 5 -> "printf(" + expressions.format() + ")";
          case 6 ->
              dice.pick("printd", "printdln")
                  + "(\",\", "
                  + expressions.any()
                  + ", "
                  + expressions.any()
                  + ")";
          default -> dice.pick("println()", "print_char(" + expressions.number() + ")");
        });
  }

  private void delete(String indent) {
    List<Global> free = dice.isMistaken() ? scope.globals() : scope.free();
    if (free.isEmpty()) {
      line(indent, ";");
      return;
    }
    Global global = dice.pick(free);
    line(
        indent,
        "delete "
            + global.name()
            + (global.shape() != Shape.STATISTIC && dice.chance(0.6)
                ? expressions.indexes(global, true)
                : ""));
  }

  private void small(String indent) {
    line(
        indent,
        switch (dice.below(8)) {
          case 0, 1 ->
              scope.functions().isEmpty() || !scope.walked().isEmpty()
                  ? "exit()"
                  : expressions.call(dice.pick(scope.functions()));
          case 2 -> expressions.any();
          case 3 -> "exit()";
          case 4 -> dice.pick("warn(", "log(") + expressions.text() + ")";
          case 5 -> "{ " + expressions.number() + " }";
          case 6 ->
              "if ("
                  + dice.pick("0", "1", expressions.defined())
                  + ") println("
                  + expressions.any()
                  + ")";
          default -> "error(" + expressions.text() + ")";
        });
  }

  /** A statement that is wrong wherever it stands, or in most places. */
  private String faulty() {
    List<Global> globals = scope.globals();
    String global = globals.isEmpty() ? "gg" : dice.pick(globals).name();
    return switch (dice.below(20)) {
      case 0 -> expressions.number() + " = 3";
      case 1 -> "v0n <<< " + expressions.number();
      case 2 -> global + " <<< " + expressions.any();
      case 3 -> global + " = " + expressions.any();
      case 4 -> global + "[1] = " + expressions.any();
      case 5 -> "delete v1n";
      case 6 -> "delete " + expressions.number();
      case 7 -> "foreach (z in v2n) println(z)";
      case 8 -> "foreach ([y, z] in " + global + ") println(y, z)";
      case 9 -> "break";
      case 10 -> "continue";
      case 11 -> "println(unset)";
      case 12 -> "v3s = 1; v3s = \"a\"";
      case 13 -> "printf(\"%d %s\", " + expressions.any() + ", " + expressions.any() + ")";
      case 14 -> "print(" + global + ")";
      case 15 -> "v4 = exit()";
      case 16 -> "v5 = v5";
      case 17 -> "$x = 1";
      case 18 -> "println($$vars, $x)";
      default -> "foreach (z+ in " + global + "-) println(z)";
    };
  }

  private void line(String indent, String text) {
    out.append(indent).append(text).append('\n');
  }
}
