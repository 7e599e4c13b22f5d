package dev.tapwright.compiler.agreement;

import dev.tapwright.compiler.agreement.Scope.Function;
import dev.tapwright.compiler.agreement.Scope.Global;
import dev.tapwright.compiler.agreement.Scope.Kind;
import dev.tapwright.compiler.agreement.Scope.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes scripts with {@code begin}, {@code end}, alias and timer probes that use all of the
 * language that needs no machine: half of them are right, or nearly, the others have some mistakes.
 * The same seed makes the same script.
 */
final class ScriptGenerator {
  private final Dice dice;
  private final StringBuilder out = new StringBuilder();
  private final Scope scope = new Scope();
  private final ExpressionGenerator expressions;
  private final StatementGenerator statements;
  private final PointGenerator points;

  private ScriptGenerator(Dice dice) {
    this.dice = dice;
    this.expressions = new ExpressionGenerator(dice, scope);
    this.statements = new StatementGenerator(dice, scope, expressions, out);
    this.points = new PointGenerator(dice, scope);
  }

  /** The script of a seed. Even seeds make no mistakes on purpose, every fourth many. */
  static String script(long seed) {
    double mistakes = seed % 2 == 0 ? 0 : seed % 4 == 1 ? 0.01 : 0.04;
    return new ScriptGenerator(new Dice(seed, mistakes)).script();
  }

  private String script() {
    macros();
    for (int i = dice.below(5); i >= 0; i--) {
      global(i);
    }
    int count = dice.below(4);
    for (int i = 0; i < count; i++) {
      function(i);
    }
    for (int i = dice.chance(0.4) ? 1 + dice.below(2) : 0; i > 0; i--) {
      alias(i);
    }
    if (dice.chance(0.7)) {
      probe("begin");
    }
    for (int i = dice.below(4); i >= 0; i--) {
      probe(points.points());
    }
    if (!points.aliases().isEmpty()) {
      probe(dice.pick(points.aliases()));
    }
    return out.toString();
  }

  // ---- declarations

  private void macros() {
    if (dice.chance(0.2)) {
      out.append("@define LIMIT %( 10 %)\n");
      scope.constants().add("LIMIT");
    }
    if (dice.chance(0.2)) {
      out.append("@define twice(x) %( (@x + @x) %)\n");
      scope.macros().add("twice");
    }
    if (dice.chance(0.1)) {
      out.append(
          "@define less(x) %( (@x > 3 ? @x - 1 : %( systemtap_v > \"2.0\" %? 0 %: oops %)) %)\n");
      scope.macros().add("less");
    }
  }

  private void global(int number) {
    Shape shape =
        dice.pick(
            Shape.SCALAR,
            Shape.SCALAR,
            Shape.ARRAY,
            Shape.ARRAY,
            Shape.STATISTIC,
            Shape.STATISTIC_ARRAY);
    Kind kind = shape.isStatistic() ? Kind.NUMBER : dice.kind();
    List<Kind> indexes = new ArrayList<>();
    if (shape == Shape.ARRAY || shape == Shape.STATISTIC_ARRAY) {
      do {
        indexes.add(dice.kind());
      } while (dice.chance(0.3));
    }
    String name = "g" + (dice.isMistaken() ? 0 : number);
    scope.globals().add(new Global(name, shape, kind, indexes));
    out.append(dice.chance(0.1) ? dice.pick("private ", "private global ") : "global ")
        .append(name);
    if ((!indexes.isEmpty() && dice.chance(0.2)) || dice.isMistaken()) {
      out.append(dice.pick("[20]", "%[20]", "%"));
    }
    if ((shape == Shape.SCALAR && dice.chance(0.4)) || dice.isMistaken()) {
      out.append(" = ")
          .append(
              (kind == Kind.NUMBER) != dice.isMistaken()
                  ? dice.pick("3", "-4", "0x10")
                  : dice.pick("\"start\"", "\"\""));
    }
    out.append('\n');
  }

  private void function(int number) {
    List<Kind> parameters = new ArrayList<>();
    for (int i = dice.below(3); i > 0; i--) {
      parameters.add(dice.kind());
    }
    // SystemTap does not find the names in a function that only one behind it in the alphabet
    // calls.
    Function function = new Function("f" + (9 - number), dice.kind(), parameters);
    boolean isChain = dice.chance(0.2);
    if (isChain) {
      function(function, dice.pick("", ":2", ":5"), true);
    }
    if (dice.chance(0.1)) {
      // Another of the same name, which takes one more.
      List<Kind> more = new ArrayList<>(parameters);
      more.add(dice.kind());
      Function longer = new Function(function.name(), dice.kind(), more);
      function(longer, "", false);
      scope.functions().add(longer);
    }
    if (dice.chance(0.15)) {
      // Known to itself.
      scope.functions().add(function);
      function(function, "", false);
    } else {
      function(function, isChain ? dice.pick("", ":3") : "", false);
      scope.functions().add(function);
    }
  }

  private void function(Function function, String priority, boolean goesOn) {
    scope.begin();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      Kind kind = function.parameters().get(i);
      scope.locals(kind).add("p" + i);
      written.add("p" + i + (dice.chance(0.3) ? type(kind) : ""));
    }
    out.append(dice.chance(0.1) ? "private " : "")
        .append("function ")
        .append(function.name())
        .append(dice.chance(0.3) ? type(function.result()) : "")
        .append('(')
        .append(String.join(", ", written))
        .append(')')
        .append(priority)
        .append(" {\n");
    statements.body(dice.below(4), Optional.of(function.result()));
    if (goesOn) {
      out.append("  if (").append(expressions.number()).append(") next\n");
    }
    if (!dice.isMistaken()) {
      out.append("  return ").append(expressions.of(function.result())).append('\n');
    }
    out.append("}\n");
  }

  private String type(Kind kind) {
    return (kind == Kind.NUMBER) != dice.isMistaken() ? ":long" : ":string";
  }

  private void alias(int number) {
    String name =
        dice.pick("mine", "mine.too", "other") + (number > 1 || dice.chance(0.2) ? number : "");
    boolean isEpilogue = dice.chance(0.25);
    scope.begin();
    out.append("probe ")
        .append(dice.isMistaken() ? dice.pick("mine*", "mine(1)") : name)
        .append(isEpilogue ? " += " : " = ")
        .append(dice.isMistaken() ? name : points.points())
        .append(" {\n");
    if (dice.chance(0.8)) {
      out.append("  from_alias = ").append(expressions.number()).append('\n');
      out.append("  name = ").append(expressions.text()).append('\n');
    }
    statements.body(dice.below(2), Optional.empty());
    out.append("}");
    if (!isEpilogue && dice.chance(0.2)) {
      out.append(", {\n");
      statements.body(1 + dice.below(2), Optional.empty());
      out.append("}");
    }
    out.append('\n');
    points.aliases().add(name);
  }

  private void probe(String point) {
    scope.begin();
    out.append("probe ").append(point).append(" {\n");
    if ((point.startsWith("mine") || point.startsWith("other")) && dice.chance(0.7)) {
      scope.locals(Kind.NUMBER).add("from_alias");
      scope.locals(Kind.TEXT).add("name");
    }
    statements.body(1 + dice.below(5), Optional.empty());
    if (dice.chance(0.8)) {
      out.append("  println(1)\n");
    }
    out.append("}\n");
  }
}
