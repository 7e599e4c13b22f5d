package dev.tapwright.compiler.agreement;

import dev.tapwright.compiler.agreement.Scope.Global;
import dev.tapwright.compiler.agreement.Scope.Kind;
import dev.tapwright.compiler.agreement.Scope.Shape;
import java.util.ArrayList;
import java.util.List;

/** Makes probe points. */
final class PointGenerator {
  private final Dice dice;
  private final Scope scope;
  private final List<String> aliases = new ArrayList<>();

  PointGenerator(Dice dice, Scope scope) {
    this.dice = dice;
    this.scope = scope;
  }

  /** Names of aliases, with suffixes where they have them. */
  List<String> aliases() {
    return aliases;
  }

  /** The points of a probe or an alias. */
  String points() {
    List<String> points = new ArrayList<>(List.of(marked(point())));
    while (dice.chance(0.2)) {
      points.add(marked(point()));
    }
    return String.join(", ", points);
  }

  private String marked(String point) {
    String mark = dice.chance(0.1) ? dice.pick("?", "!") : "";
    return point + mark + (dice.chance(0.12) ? " if (" + condition() + ")" : "");
  }

  private String point() {
    if (dice.isMistaken()) {
      return dice.pick(
          "timre.s(1)",
          "timer.q(3)",
          "begn",
          "end.begin",
          "timer",
          "timer.s(\"x\")",
          "begin(\"a\")",
          "timer.s",
          "mine.nothing",
          "tim*.q(1)",
          "nosuch*",
          "begin.foo(1)",
          "timer.ms(0)",
          "error.error",
          "kernel.nothing");
    }
    if (!aliases.isEmpty() && dice.chance(0.3)) {
      return dice.pick(aliases);
    }
    return switch (dice.below(14)) {
      case 0, 1, 2 -> "begin";
      case 3 -> "begin(" + dice.pick("3", "-7") + ")";
      case 4, 5 -> "end";
      case 6 -> "error";
      case 7, 8 -> "timer.s(" + (1 + dice.below(5)) + ")";
      case 9 -> "timer.ms(100)" + dice.pick("", "", ".randomize(10)");
      case 10 -> dice.pick("timer.hz(5)", "timer.us(500)", "timer.jiffies(10)", "timer.sec(2)");
      case 11 -> dice.pick("{begin, end}", "timer.{s(1), ms(50)}", "{begin, timer.s(3)}");
      case 12 -> dice.pick("beg*", "e*d", "begin?", "nosuch?", "nosuch.at.all?", "nosuch!");
      default -> dice.pick("end(2)", "error(1)", "never");
    };
  }

  private String condition() {
    List<Global> numbers =
        scope.plain(Kind.NUMBER).stream().filter(global -> global.shape() == Shape.SCALAR).toList();
    if (numbers.isEmpty() || dice.isMistaken()) {
      return dice.isMistaken()
          ? dice.pick("nothere > 1", "pid() == 1", "$x")
          : dice.pick("1", "2 > 1");
    }
    String global = dice.pick(numbers).name();
    return dice.isMistaken()
        ? global + dice.pick("++", " = 3", " == \"a\"", " . \"a\"")
        : global + dice.pick(" > 1", " == 0", "", " && " + dice.pick(numbers).name(), " % 2 != 1");
  }
}
