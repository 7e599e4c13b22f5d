package dev.tapwright.compiler.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes scripts with {@code begin}, {@code end} and timer probes that use all of the language that
 * needs no machine: most are right, some have a mistake or two. The same seed makes the same
 * script.
 */
final class ScriptGenerator {
  private enum Kind {
    NUMBER,
    TEXT
  }

  private enum Shape {
    SCALAR,
    ARRAY,
    STATISTIC,
    STATISTIC_ARRAY
  }

  private record Global(String name, Shape shape, Kind kind, List<Kind> indexes) {}

  private record Function(String name, Kind result, List<Kind> parameters) {}

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final List<Global> globals = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private final List<String> aliases = new ArrayList<>();
  private List<String> numbers = new ArrayList<>();
  private List<String> texts = new ArrayList<>();
  private double mistakes;
  private final List<Global> walked = new ArrayList<>();
  private int depth;
  private int made;

  private ScriptGenerator(long seed) {
    this.random = new Random(seed * 7919 + 17);
  }

  static String script(long seed) {
    ScriptGenerator generator = new ScriptGenerator(seed);
    generator.mistakes = seed % 2 == 0 ? 0 : 0.02;
    return generator.script();
  }

  private String script() {
    for (int i = random.nextInt(5); i >= 0; i--) {
      global(i);
    }
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      function(i);
    }
    if (chance(0.3)) {
      alias();
    }
    probe("begin");
    for (int i = random.nextInt(3); i > 0; i--) {
      probe(
          pick(
              List.of(
                  "end",
                  "timer.s(1)",
                  "timer.ms(100)",
                  "begin(3)",
                  "timer.s(2), end",
                  "timer.hz(5)")));
    }
    if (!aliases.isEmpty()) {
      probe(pick(aliases));
    }
    if (isMistaken()) {
      probe(
          pick(
              List.of("timre.s(1)", "timer.q(3)", "begn", "end.begin", "timer", "timer.s(\"x\")")));
    }
    return out.toString();
  }

  // ---- declarations

  private void global(int number) {
    Shape shape =
        pick(
            List.of(
                Shape.SCALAR,
                Shape.SCALAR,
                Shape.ARRAY,
                Shape.ARRAY,
                Shape.STATISTIC,
                Shape.STATISTIC_ARRAY));
    Kind kind = shape == Shape.SCALAR || shape == Shape.ARRAY ? kind() : Kind.NUMBER;
    List<Kind> indexes = new ArrayList<>();
    if (shape == Shape.ARRAY || shape == Shape.STATISTIC_ARRAY) {
      indexes.add(kind());
      if (chance(0.3)) {
        indexes.add(kind());
      }
    }
    String name = "g" + (isMistaken() ? 0 : number);
    globals.add(new Global(name, shape, kind, indexes));
    out.append("global ").append(name);
    if (shape == Shape.ARRAY && chance(0.2)) {
      out.append(chance(0.3) ? "%[20]" : "[20]");
    }
    if (shape == Shape.SCALAR && chance(0.4)) {
      out.append(" = ").append(kind == Kind.NUMBER ? "3" : "\"start\"");
    }
    out.append('\n');
  }

  private void function(int number) {
    List<Kind> parameters = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      parameters.add(kind());
    }
    Function function = new Function("f" + number, kind(), parameters);
    numbers = new ArrayList<>();
    texts = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      String name = "p" + i;
      (parameters.get(i) == Kind.NUMBER ? numbers : texts).add(name);
      written.add(name + (chance(0.3) ? type(parameters.get(i)) : ""));
    }
    out.append("function ")
        .append(function.name())
        .append(chance(0.3) ? type(function.result()) : "")
        .append('(')
        .append(String.join(", ", written))
        .append(") {\n");
    statements(random.nextInt(3), "  ");
    out.append("  return ").append(expression(function.result())).append("\n}\n");
    functions.add(function);
  }

  private String type(Kind kind) {
    return (kind == Kind.NUMBER) != isMistaken() ? ":long" : ":string";
  }

  private void alias() {
    String name = chance(0.5) ? "mine" : "mine.too";
    aliases.add(name);
    numbers = new ArrayList<>();
    texts = new ArrayList<>();
    out.append("probe ")
        .append(name)
        .append(chance(0.3) ? " += " : " = ")
        .append("begin, timer.s(7) {\n");
    out.append("  from_alias = ").append(expression(Kind.NUMBER)).append("\n}\n");
  }

  private void probe(String point) {
    numbers = new ArrayList<>();
    texts = new ArrayList<>();
    out.append("probe ").append(point);
    List<Global> scalars =
        globals.stream().filter(g -> g.shape() == Shape.SCALAR && g.kind() == Kind.NUMBER).toList();
    if (!scalars.isEmpty() && chance(0.1)) {
      out.append(" if (").append(pick(scalars).name()).append(isMistaken() ? "++)" : " > 1)");
    }
    out.append(" {\n");
    if (point.startsWith("mine") && chance(0.7)) {
      numbers.add("from_alias");
    }
    statements(1 + random.nextInt(5), "  ");
    out.append("  println(1)\n}\n");
  }

  // ---- statements

  private void statements(int count, String indent) {
    for (int i = 0; i < count; i++) {
      statement(indent);
    }
  }

  private void statement(String indent) {
    depth++;
    switch (random.nextInt(depth > 3 ? 7 : 13)) {
      case 0, 1 -> assignLocal(indent);
      case 2, 3 -> assignGlobal(indent);
      case 4, 5 -> print(indent);
      case 6 -> small(indent);
      case 7 -> {
        line(indent, "if (" + expression(Kind.NUMBER) + ") {");
        scoped(indent);
        if (chance(0.4)) {
          line(indent, "} else {");
          scoped(indent);
        }
        line(indent, "}");
      }
      case 8 -> {
        line(indent, "while (" + expression(Kind.NUMBER) + ") {");
        loop(indent);
      }
      case 9 -> {
        String name = "i" + made++;
        line(indent, "for (" + name + " = 0; " + name + " < 5; " + name + "++) {");
        numbers.add(name);
        loop(indent);
      }
      case 10, 11 -> foreach(indent);
      default -> {
        line(indent, "try {");
        scoped(indent);
        line(indent, chance(0.5) ? "} catch {" : "} catch (trouble) {");
        scoped(indent);
        line(indent, "}");
      }
    }
    depth--;
  }

  private void scoped(String indent) {
    statements(1 + random.nextInt(2), indent + "  ");
  }

  private void loop(String indent) {
    scoped(indent);
    if (chance(0.3)) {
      line(indent + "  ", chance(0.5) ? "break" : "continue");
    }
    line(indent, "}");
  }

  private void foreach(String indent) {
    List<Global> arrays = globals.stream().filter(g -> !g.indexes().isEmpty()).toList();
    if (arrays.isEmpty()) {
      print(indent);
      return;
    }
    Global array = pick(arrays);
    List<String> keys = new ArrayList<>();
    for (Kind kind : array.indexes()) {
      String name = "k" + made++;
      keys.add(name);
      (kind == Kind.NUMBER ? numbers : texts).add(name);
    }
    String written =
        keys.size() == 1 && chance(0.7) ? keys.getFirst() : "[" + String.join(", ", keys) + "]";
    String sort =
        keys.size() == 1 && written.startsWith("k") && chance(0.3) ? pick(List.of("+", "-")) : "";
    String behind = sort.isEmpty() && chance(0.3) ? pick(List.of("+", "-")) : "";
    String limit = chance(0.3) ? " limit " + expression(Kind.NUMBER) : "";
    line(indent, "foreach (" + written + sort + " in " + array.name() + behind + limit + ") {");
    if (isMistaken()) {
      line(indent + "  ", "delete " + array.name() + "[" + String.join(", ", keys) + "]");
    }
    walked.add(array);
    loop(indent);
    walked.removeLast();
  }

  private void assignLocal(String indent) {
    Kind kind = kind();
    String name = "v" + random.nextInt(4) + (kind == Kind.NUMBER ? "n" : "s");
    String operator =
        kind == Kind.NUMBER
            ? pick(List.of("=", "=", "+=", "-=", "*=", "<<="))
            : pick(List.of("=", "=", ".="));
    line(indent, name + " " + operator + " " + expression(kind));
    (kind == Kind.NUMBER ? numbers : texts).add(name);
  }

  private void assignGlobal(String indent) {
    if (globals.isEmpty()) {
      print(indent);
      return;
    }
    Global global = pick(globals);
    if (walked.contains(global) && !isMistaken()) {
      print(indent);
      return;
    }
    String target = global.name() + indexes(global);
    String line =
        switch (global.shape()) {
          case STATISTIC, STATISTIC_ARRAY -> target + " <<< " + expression(Kind.NUMBER);
          case SCALAR, ARRAY ->
              global.kind() == Kind.NUMBER
                  ? pick(
                      List.of(
                          target + " = " + expression(Kind.NUMBER),
                          target + " += " + expression(Kind.NUMBER),
                          target + "++",
                          target + "--"))
                  : target + pick(List.of(" = ", " .= ")) + expression(Kind.TEXT);
        };
    line(indent, line);
  }

  private void print(String indent) {
    line(
        indent,
        switch (random.nextInt(5)) {
          case 0 -> "println(" + expression(kind()) + ")";
          case 1 -> "print(" + expression(kind()) + ", " + expression(kind()) + ")";
          case 2 ->
              "printf(\"%d %s\\n\", "
                  + expression(Kind.NUMBER)
                  + ", "
                  + expression(Kind.TEXT)
                  + ")";
          case 3 ->
              "printf(\"%5d"
                  + (isMistaken() ? "%d" : "")
                  + "\\n\", "
                  + expression(Kind.NUMBER)
                  + ")";
          default -> "printdln(\",\", " + expression(kind()) + ", " + expression(kind()) + ")";
        });
  }

  private void small(String indent) {
    List<Global> arrays =
        globals.stream().filter(g -> !g.indexes().isEmpty() && !walked.contains(g)).toList();
    List<Global> free = globals.stream().filter(g -> !walked.contains(g)).toList();
    line(
        indent,
        switch (random.nextInt(6)) {
          case 0 -> arrays.isEmpty() ? ";" : "delete " + element(pick(arrays));
          case 1 -> free.isEmpty() ? ";" : "delete " + pick(free).name();
          case 2 -> functions.isEmpty() || !walked.isEmpty() ? "exit()" : call(pick(functions));
          case 3 -> isMistaken() ? expression(Kind.NUMBER) + " = 3" : "exit()";
          case 4 -> depth > 2 ? "next" : expression(Kind.NUMBER);
          default -> "error(" + expression(Kind.TEXT) + ")";
        });
  }

  // ---- expressions

  private String expression(Kind wanted) {
    Kind kind = isMistaken() ? kind() : wanted;
    depth++;
    String text = kind == Kind.NUMBER ? number() : text();
    depth--;
    return text;
  }

  private String number() {
    int choice = random.nextInt(depth > 4 ? 5 : 14);
    return switch (choice) {
      case 0, 1 -> "" + random.nextInt(100);
      case 2, 3 -> numbers.isEmpty() ? "7" : pick(numbers);
      case 4 -> scalar(Kind.NUMBER, "12");
      case 5, 6 ->
          "("
              + expression(Kind.NUMBER)
              + pick(
                  List.of(
                      " + ", " - ", " * ", " / ", " % ", " & ", " | ", " ^ ", " << ", " >> ",
                      " && ", " || "))
              + expression(Kind.NUMBER)
              + ")";
      case 7 -> {
        Kind both = kind();
        yield "("
            + expression(both)
            + pick(List.of(" == ", " < ", " >= ", " != "))
            + expression(both)
            + ")";
      }
      case 8 -> pick(List.of("!", "-", "~")) + "(" + expression(Kind.NUMBER) + ")";
      case 9 ->
          "("
              + expression(Kind.NUMBER)
              + " ? "
              + expression(Kind.NUMBER)
              + " : "
              + expression(Kind.NUMBER)
              + ")";
      case 10 -> callOf(Kind.NUMBER).orElse("tid()");
      case 11 -> membership();
      case 12 -> statistic();
      default ->
          pick(List.of("pid()", "gettimeofday_s()", isMistaken() ? "gettimeofdy_s()" : "tid()"));
    };
  }

  private String text() {
    return switch (random.nextInt(depth > 4 ? 4 : 9)) {
      case 0, 1 -> "\"t" + random.nextInt(9) + "\"";
      case 2 -> texts.isEmpty() ? "\"none\"" : pick(texts);
      case 3 -> scalar(Kind.TEXT, "\"z\"");
      case 4, 5 -> "(" + expression(Kind.TEXT) + " . " + expression(Kind.TEXT) + ")";
      case 6 -> "sprintf(\"%d\", " + expression(Kind.NUMBER) + ")";
      case 7 -> callOf(Kind.TEXT).orElse("sprint(" + expression(kind()) + ")");
      default ->
          "("
              + expression(Kind.NUMBER)
              + " ? "
              + expression(Kind.TEXT)
              + " : "
              + expression(Kind.TEXT)
              + ")";
    };
  }

  private String scalar(Kind kind, String otherwise) {
    List<Global> fitting =
        globals.stream()
            .filter(
                g -> (g.shape() == Shape.SCALAR || g.shape() == Shape.ARRAY) && g.kind() == kind)
            .toList();
    if (fitting.isEmpty()) {
      return otherwise;
    }
    Global global = pick(fitting);
    return isMistaken() ? global.name() : element(global);
  }

  private String element(Global global) {
    return global.name() + indexes(global);
  }

  private String indexes(Global global) {
    if (global.indexes().isEmpty()) {
      return isMistaken() ? "[1]" : "";
    }
    List<String> written = new ArrayList<>();
    for (Kind kind : global.indexes()) {
      written.add(expression(kind));
    }
    if (isMistaken()) {
      written.add("1");
    }
    return "[" + String.join(", ", written) + "]";
  }

  private String membership() {
    List<Global> arrays = globals.stream().filter(g -> !g.indexes().isEmpty()).toList();
    if (arrays.isEmpty()) {
      return "1";
    }
    Global array = pick(arrays);
    String indexes = indexes(array);
    return "(" + indexes + " in " + array.name() + ")";
  }

  private String statistic() {
    List<Global> statistics =
        globals.stream()
            .filter(g -> g.shape() == Shape.STATISTIC || g.shape() == Shape.STATISTIC_ARRAY)
            .toList();
    if (statistics.isEmpty()) {
      return "2";
    }
    return pick(List.of("@count", "@sum", "@min", "@max", "@avg"))
        + "("
        + element(pick(statistics))
        + ")";
  }

  private java.util.Optional<String> callOf(Kind kind) {
    List<Function> fitting = functions.stream().filter(f -> f.result() == kind).toList();
    return fitting.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(call(pick(fitting)));
  }

  private String call(Function function) {
    List<String> arguments = new ArrayList<>();
    for (Kind kind : function.parameters()) {
      arguments.add(expression(kind));
    }
    if (isMistaken()) {
      arguments.add("1");
    }
    return function.name() + "(" + String.join(", ", arguments) + ")";
  }

  // ---- chance

  private void line(String indent, String text) {
    out.append(indent).append(text).append('\n');
  }

  private Kind kind() {
    return random.nextBoolean() ? Kind.NUMBER : Kind.TEXT;
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private boolean isMistaken() {
    return mistakes > 0 && chance(mistakes);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
