package dev.tapwright.compiler.agreement;

import dev.tapwright.compiler.agreement.Scope.Function;
import dev.tapwright.compiler.agreement.Scope.Global;
import dev.tapwright.compiler.agreement.Scope.Kind;
import java.util.ArrayList;
import java.util.List;

/** Makes expressions. */
final class ExpressionGenerator {
  private static final int DEEPEST = 4;

  /** Indexes within indexes, which no other bound holds. */
  private static final int DEEPEST_INDEX = 40;

  private final Dice dice;
  private final Scope scope;
  private int depth;

  ExpressionGenerator(Dice dice, Scope scope) {
    this.dice = dice;
    this.scope = scope;
  }

  String number() {
    return of(Kind.NUMBER);
  }

  String text() {
    return of(Kind.TEXT);
  }

  String any() {
    return of(dice.kind());
  }

  /** An expression of a kind, or by mistake of another. */
  String of(Kind wanted) {
    if (dice.isMistaken()) {
      return faulty();
    }
    Kind kind = dice.isMistaken() ? dice.kind() : wanted;
    if (depth > DEEPEST_INDEX) {
      return literal(kind);
    }
    depth++;
    String made = kind == Kind.NUMBER ? makeNumber() : makeText();
    depth--;
    return made;
  }

  private String makeNumber() {
    return switch (dice.below(depth > DEEPEST ? 6 : 24)) {
      case 0, 1 -> literal();
      case 2, 3 -> local(Kind.NUMBER, "7");
      case 4 -> plain(Kind.NUMBER, "12");
      case 5 -> scope.constants().isEmpty() ? "5" : "@" + dice.pick(scope.constants());
      case 6, 7, 8 -> arithmetic();
      case 9 -> {
        Kind both = dice.kind();
        yield "("
            + of(both)
            + " "
            + dice.pick("==", "!=", "<", ">", "<=", ">=")
            + " "
            + of(both)
            + ")";
      }
      case 10 -> dice.pick("!", "-", "~", "+") + "(" + number() + ")";
      case 11 -> "(" + number() + " ? " + number() + " : " + number() + ")";
      case 12, 13 -> call(Kind.NUMBER, "tid()");
      case 14 -> membership();
      case 15, 16 -> statistic();
      case 17 -> "(" + text() + dice.pick(" =~ ", " !~ ") + regex() + ")";
      case 18 ->
          scope.macros().isEmpty() ? "1" : "@" + dice.pick(scope.macros()) + "(" + number() + ")";
      case 19 -> step();
      case 20 -> assignment(Kind.NUMBER);
      default ->
          dice.pick(
              "pid()",
              "tid()",
              "uid()",
              "gid()",
              "cpu()",
              "target()",
              "gettimeofday_s()",
              "gettimeofday_us()",
              "gettimeofday_ns()");
    };
  }

  private String literal() {
    return dice.pick("0", "1", "" + dice.below(100), "-3", "0x1f", "017", "9223372036854775807");
  }

  private String arithmetic() {
    String operator =
        dice.pick(
            "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "&&", "||", "&&", "||");
    // SystemTap cannot compute >>> itself, and fails where it tries.
    String left = operator.equals(">>>") ? "pid()" : number();
    String whole = left + " " + operator + " " + number();
    return dice.chance(0.8) ? "(" + whole + ")" : whole;
  }

  private String step() {
    List<Global> free =
        scope.free().stream()
            .filter(global -> !global.shape().isStatistic() && global.kind() == Kind.NUMBER)
            .toList();
    String target = free.isEmpty() || dice.chance(0.4) ? "" : element(dice.pick(free));
    if (target.isEmpty()) {
      target = local(Kind.NUMBER, "");
    }
    return target.isEmpty()
        ? "3"
        : dice.chance(0.5)
            ? "(" + target + dice.pick("++", "--") + ")"
            : "(" + dice.pick("++", "--") + target + ")";
  }

  private String assignment(Kind kind) {
    String target = local(kind, "");
    return target.isEmpty()
        ? literal(kind)
        : "(" + target + " " + assignmentOperator(kind) + " " + of(kind) + ")";
  }

  /** An operator that assigns a value of a kind. */
  String assignmentOperator(Kind kind) {
    return kind == Kind.NUMBER
        ? dice.pick("=", "=", "=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^=")
        : dice.pick("=", "=", ".=");
  }

  private String makeText() {
    return switch (dice.below(depth > DEEPEST ? 4 : 13)) {
      case 0, 1 -> literal(Kind.TEXT);
      case 2 -> local(Kind.TEXT, "\"none\"");
      case 3 -> plain(Kind.TEXT, "\"z\"");
      case 4, 5 -> "(" + text() + " . " + text() + ")";
      case 6 -> "sprintf(" + format() + ")";
      case 7, 8 -> call(Kind.TEXT, "execname()");
      case 9 -> "(" + number() + " ? " + text() + " : " + text() + ")";
      case 10 ->
          dice.pick("sprint(", "sprintln(") + any() + (dice.chance(0.3) ? ", " + any() : "") + ")";
      case 11 -> assignment(Kind.TEXT);
      default -> dice.pick("execname()", "text_str(" + text() + ")");
    };
  }

  private String literal(Kind kind) {
    return kind == Kind.NUMBER
        ? literal()
        : dice.pick("\"t" + dice.below(9) + "\"", "\"\"", "\"a\\n\"", "\"one\" \"two\"");
  }

  /** A format and its values, sometimes one too many or too few. */
  String format() {
    StringBuilder format = new StringBuilder("\"");
    List<String> values = new ArrayList<>();
    for (int i = dice.below(4); i >= 0; i--) {
      switch (dice.below(9)) {
        case 0, 1, 2 ->
            add(format, values, dice.pick("%d", "%5d", "%-3d", "%+d", "%05d", "%ld"), number());
        case 3, 4 -> add(format, values, dice.pick("%s", "%10s", "%-10s", "%.4s"), text());
        case 5 ->
            add(format, values, dice.pick("%x", "%#x", "%X", "%o", "%u", "%i", "%p"), number());
        case 6 -> add(format, values, dice.pick("%c", "%b", "%4b"), number());
        case 7 -> {
          values.add(number());
          add(format, values, "%*d", number());
        }
        default -> format.append(dice.pick("%%", " ", "x"));
      }
    }
    if (dice.isMistaken()) {
      values.add(any());
    }
    if (dice.isMistaken() && !values.isEmpty()) {
      values.removeLast();
    }
    format.append("\\n\"");
    values.addFirst(format.toString());
    return String.join(", ", values);
  }

  private static void add(
      StringBuilder format, List<String> values, String directive, String value) {
    format.append(directive);
    values.add(value);
  }

  private String regex() {
    return dice.isMistaken()
        ? dice.pick("\"a(b\"", "\"[a\"", "\"*a\"", "\"a{2\"")
        : dice.pick("\"^a.*b$\"", "\"[0-9]+\"", "\"(a|b)c?\"", "\"x\"");
  }

  /** A local that has a value of a kind. */
  String local(Kind kind, String otherwise) {
    return scope.locals(kind).isEmpty() ? otherwise : dice.pick(scope.locals(kind));
  }

  private String plain(Kind kind, String otherwise) {
    List<Global> fitting = scope.plain(kind);
    if (fitting.isEmpty()) {
      return otherwise;
    }
    Global global = dice.pick(fitting);
    return dice.isMistaken() ? global.name() : element(global);
  }

  /** A global, or an element of it. */
  String element(Global global) {
    return global.name() + indexes(global, false);
  }

  /**
   * The indexes of an array in brackets; nothing of a scalar.
   *
   * @param mayBeAny whether some of them may be left open
   */
  String indexes(Global global, boolean mayBeAny) {
    if (!global.isArray()) {
      return dice.isMistaken() ? "[1]" : "";
    }
    List<String> written = new ArrayList<>();
    for (Kind kind : global.indexes()) {
      written.add(mayBeAny && dice.chance(0.3) ? "*" : of(kind));
    }
    if (dice.isMistaken()) {
      written.add("1");
    }
    return "[" + String.join(", ", written) + "]";
  }

  private String membership() {
    List<Global> arrays = scope.arrays();
    if (arrays.isEmpty()) {
      return "1";
    }
    Global array = dice.pick(arrays);
    return "(" + indexes(array, true) + " in " + array.name() + ")";
  }

  private String statistic() {
    List<Global> statistics = scope.statistics();
    if (statistics.isEmpty()) {
      return "2";
    }
    Global global = dice.pick(statistics);
    return switch (dice.below(8)) {
      case 0 ->
          "@variance(" + element(global) + (isOdd(global) != dice.isMistaken() ? ", 2)" : ")");
      case 1 -> histogram(global) + "[" + number() + "]";
      case 2 -> "(" + number() + " in " + histogram(global) + ")";
      default -> dice.pick("@count", "@sum", "@min", "@max", "@avg") + "(" + element(global) + ")";
    };
  }

  /** A histogram of a statistic: always of one form, but by mistake. */
  String histogram(Global global) {
    return isOdd(global) != dice.isMistaken()
        ? "@hist_log(" + element(global) + ")"
        : "@hist_linear(" + element(global) + (dice.isMistaken() ? ", 5, 50, 5)" : ", 0, 100, 10)");
  }

  private static boolean isOdd(Global global) {
    return global.name().hashCode() % 2 == 1;
  }

  /** A value that asks for what begin and timer probes do not have. */
  String defined() {
    return dice.pick(
        "@defined($x)",
        "(@defined($x) ? $x : " + number() + ")",
        "@defined($$vars)",
        "@defined(@var(\"v\"))",
        "@defined(" + local(Kind.NUMBER, "$y") + ")");
  }

  private String call(Kind kind, String otherwise) {
    List<Function> fitting =
        scope.functions().stream().filter(function -> function.result() == kind).toList();
    return fitting.isEmpty() ? otherwise : call(dice.pick(fitting));
  }

  /** A call, sometimes with an argument too many. */
  String call(Function function) {
    List<String> arguments = new ArrayList<>();
    for (Kind kind : function.parameters()) {
      arguments.add(of(kind));
    }
    if (dice.isMistaken()) {
      arguments.add("1");
    }
    return function.name() + "(" + String.join(", ", arguments) + ")";
  }

  /** Something that is wrong wherever it stands, or in most places. */
  private String faulty() {
    List<Global> statistics = scope.statistics();
    List<Global> arrays = scope.arrays();
    String statistic = statistics.isEmpty() ? "st" : dice.pick(statistics).name();
    String array = arrays.isEmpty() ? "arr" : dice.pick(arrays).name();
    return switch (dice.below(16)) {
      case 0 -> "gettimeofdy_s()";
      case 1 -> "nothere(1, \"x\")";
      case 2 -> "never" + dice.below(3);
      case 3 -> array;
      case 4 -> statistic;
      case 5 -> "@count(" + local(Kind.NUMBER, "vx") + ")";
      case 6 -> "@sum(" + array + "[1])";
      case 7 -> "@hist_log(" + statistic + ")";
      case 8 -> "local[" + number() + "]";
      case 9 -> "(" + number() + " in nowhere)";
      case 10 -> "(3 = " + number() + ")";
      case 11 -> "(" + number() + "++)";
      case 12 -> "exit()";
      case 13 -> "(" + text() + " . " + number() + ")";
      case 14 -> "(" + text() + " + " + number() + ")";
      default -> "(" + number() + " == " + text() + ")";
    };
  }
}
