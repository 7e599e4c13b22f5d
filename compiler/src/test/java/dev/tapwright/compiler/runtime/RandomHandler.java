package dev.tapwright.compiler.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A random, well-typed handler: its globals and functions carry its number in their names, and so
 * does each line that it prints. It always ends, whatever it computes.
 */
final class RandomHandler {
  private static final String[] LITERALS = {
    "",
    "a",
    "ab",
    "start",
    "0x1f",
    "-12",
    "q\\\"\\\\\\t\\x80",
    "a longer text, of more than sixty-four bytes, as paths and messages are"
  };
  private static final String[] NUMBERS = {
    "0",
    "1",
    "2",
    "3",
    "7",
    "-1",
    "-7",
    "63",
    "64",
    "255",
    "4096",
    "9223372036854775807",
    "2147483648"
  };
  private static final String[] BINARY = {
    "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "<", "<=", ">", ">=", "==", "!=",
    "&&", "||"
  };
  private static final String[] ASSIGNMENTS = {
    "=", "+=", "-=", "*=", "|=", "^=", "&=", "<<=", "/=", "%="
  };
  private static final String[] PATTERNS = {
    "a",
    "^a",
    "b$",
    "^$",
    "[0-9]+",
    "^-?[0-9]+$",
    "(start|glob)",
    "a.*t",
    "x{2,3}|[^a-z ]",
    "(ab?)+$",
    "[[:digit:]]x?"
  };
  private static final String[] COMPARISONS = {"==", "!=", "<", ">", "<=", ">="};

  /** A statement, and what stands in its blocks. */
  record Node(String before, List<Node> inside, String after) {
    Node(String text) {
      this(text, List.of(), "");
    }

    String text() {
      StringBuilder text = new StringBuilder(before);
      inside.forEach(node -> text.append(node.text()));
      return text.append(after).toString();
    }
  }

  private final Random random;
  private boolean isFunction;
  private int loops;

  private RandomHandler(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Prints a script of several: {@code java RandomHandler.java SEED COUNT kernel|user}.
   *
   * @param arguments as said
   */
  public static void main(String[] arguments) {
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      seeds.add(seed(Long.parseLong(arguments[0]), i));
    }
    List<List<Node>> bodies = seeds.stream().map(RandomHandler::body).toList();
    System.out.print(script(seeds, bodies, arguments[2].equals("kernel")));
  }

  /** The seed of a handler of a run. */
  static long seed(long run, int number) {
    return run * 1_000_003 + number;
  }

  /** A script in which each handler runs once, on the first processor, or in user space. */
  static String script(List<Long> seeds, List<List<Node>> bodies, boolean isKernel) {
    StringBuilder script = new StringBuilder("global finished_handlers\n");
    for (int i = 0; i < seeds.size(); i++) {
      script
          .append(declarations(seeds.get(i), i))
          .append(
              isKernel
                  ? "probe kernel.trace(\"sched_switch\") {\nif (cpu()) next\n"
                  : "probe begin {\n")
          .append("if (x_" + i + "++ > 0) next\n")
          .append(wrapped(bodies.get(i), i))
          .append("if (++finished_handlers == " + seeds.size() + ") exit()\n}\n");
    }
    return script.toString();
  }

  /** What is declared for it. */
  static String declarations(long seed, int number) {
    RandomHandler handler = new RandomHandler(seed);
    handler.isFunction = true;
    return """
        global n_@ = 5, m_@ = -3, s_@ = "glob", r_@ = "", c_@, w_@, t_@, x_@
        function f_@(a, b) { p = "fun"; q = "ction"; i = 0; j = 0; k = 0; %s return %s }
        function g_@:string (a:long, p:string) { b = a; q = p; i = 0; j = 0; k = 0; %s return %s }
        """
        .formatted(handler.function(), handler.number(2), handler.function(), handler.text(2))
        .replace("@", String.valueOf(number));
  }

  private String function() {
    return new Node("", block(2, 1), "").text();
  }

  /** Its body: a list of statements, any of which can be left out. */
  static List<Node> body(long seed) {
    RandomHandler handler = new RandomHandler(~seed);
    return handler.block(6, 3);
  }

  /** The body as it is put into a probe. */
  static String wrapped(List<Node> body, int number) {
    return """
        a = 1; b = -2; p = "loc"; q = ""; i = 0; j = 0; k = 0
        c_@[0] = 0; w_@["k"] = "v"; t_@["k", 1] = 2
        try { %s } catch (e) { printf("@|caught %%s\\n", e) }
        printf("@|%%d %%d %%s %%s %%d %%d %%s %%s\\n", a, b, p, q, n_@, m_@, s_@, r_@)
        """
        .formatted(new Node("", body, "").text())
        .replace("@", String.valueOf(number));
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  @SafeVarargs
  private static <T> T pick(Random random, Supplier<T>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }

  private List<Node> block(int most, int depth) {
    List<Node> nodes = new ArrayList<>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      nodes.add(statement(depth));
    }
    return nodes;
  }

  private Node statement(int depth) {
    int kind = random.nextInt(depth > 0 ? 16 : 10);
    return switch (kind) {
      case 0, 1 -> new Node(numberPlace() + " " + any(ASSIGNMENTS) + " " + number(3) + "\n");
      case 2, 3 -> new Node(textPlace() + " " + any("=", "=", ".=") + " " + text(3) + "\n");
      case 4 -> new Node(any("a", "n_@", "c_@[" + number(1) + "]") + any("++", "--") + "\n");
      case 5, 6 -> print();
      case 7 ->
          new Node(
              "delete "
                  + any(
                      "c_@[" + number(1) + "]",
                      "w_@[" + text(1) + "]",
                      "t_@[" + text(1) + ", " + number(1) + "]",
                      "n_@",
                      "s_@")
                  + "\n");
      case 8 -> new Node("if (" + number(1) + ") error(" + text(2) + ")\n");
      case 9 ->
          loops > 0
              ? new Node("if (" + number(2) + ") " + any("break", "continue") + "\n")
              : print();
      case 10, 11 -> new Node("if (" + number(2) + ") {\n", block(3, depth - 1), "}\n");
      case 12 -> {
        List<Node> then = block(2, depth - 1);
        yield new Node(
            "if (" + number(2) + ") {\n",
            then,
            "} else {\n" + new Node("", block(2, depth - 1), "").text() + "}\n");
      }
      case 13 ->
          new Node("try {\n", block(3, depth - 1), "} catch (e) { printf(\"@|%s\\n\", e) }\n");
      default -> loop(depth);
    };
  }

  private Node loop(int depth) {
    if (loops >= 2) {
      return print();
    }
    String counter = loops == 0 ? "i" : "j";
    loops++;
    String turns = String.valueOf(random.nextInt(5));
    Node node =
        random.nextBoolean()
            ? new Node(
                "for (" + counter + " = 0; " + counter + " < " + turns + "; " + counter + "++) {\n",
                block(3, depth - 1),
                "}\n")
            : new Node(
                counter + " = " + turns + "; while (" + counter + "-- > 0) {\n",
                block(3, depth - 1),
                "}\n");
    loops--;
    return node;
  }

  private Node print() {
    return random.nextBoolean()
        ? new Node("printf(\"@|%d %s\\n\", " + number(2) + ", " + text(2) + ")\n")
        : new Node("println(\"@|\", " + number(3) + ")\n");
  }

  private String numberPlace() {
    return switch (random.nextInt(5)) {
      case 0 -> "n_@";
      case 1 -> "m_@";
      case 2 -> "c_@[" + number(1) + "]";
      case 3 -> "t_@[" + text(1) + ", " + number(1) + "]";
      default -> any("a", "b", "k");
    };
  }

  private String textPlace() {
    return switch (random.nextInt(4)) {
      case 0 -> any("s_@", "r_@");
      case 1 -> "w_@[" + text(1) + "]";
      default -> any("p", "q");
    };
  }

  /** An expression that is a number. */
  private String number(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return pick(
          random,
          () -> any(NUMBERS),
          () -> any("a", "b", "n_@", "m_@", "i", "k"),
          () -> any("a", "b", "n_@", "m_@", "j"));
    }
    return switch (random.nextInt(15)) {
      case 0, 1, 2 -> "(" + number(depth - 1) + " " + any(BINARY) + " " + number(depth - 1) + ")";
      case 3 -> "(" + text(depth - 1) + " " + any(COMPARISONS) + " " + text(depth - 1) + ")";
      case 4 -> any("-", "~", "!") + "(" + number(depth - 1) + ")";
      case 5 ->
          "(" + number(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
      case 6 -> "c_@[" + number(depth - 1) + "]";
      case 7 -> "t_@[" + text(depth - 1) + ", " + number(depth - 1) + "]";
      case 8 ->
          "(" + any("[" + text(depth - 1) + "] in w_@", "[" + number(depth - 1) + "] in c_@") + ")";
      case 9 -> "strlen(" + text(depth - 1) + ")";
      case 10 -> "strtol(" + text(depth - 1) + ", " + any("10", "0", "16", "2") + ")";
      case 11 -> any("strpos", "isinstr") + "(" + text(depth - 1) + ", " + text(depth - 1) + ")";
      case 12 -> "stringat(" + text(depth - 1) + ", " + number(depth - 1) + ")";
      case 13 -> "(" + text(depth - 1) + any(" =~ ", " !~ ") + "\"" + any(PATTERNS) + "\")";
      default ->
          isFunction
              ? "(" + any("a", "b", "k") + any("++", "--") + ")"
              : "f_@(" + number(depth - 1) + ", " + number(depth - 1) + ")";
    };
  }

  /** An expression that is a string. */
  private String text(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return pick(
          random,
          () -> "\"" + any(LITERALS) + "\"",
          () -> any("p", "q"),
          () -> any("s_@", "r_@", "p"));
    }
    return switch (random.nextInt(14)) {
      case 0, 1 -> "(" + text(depth - 1) + " . " + text(depth - 1) + ")";
      case 2 ->
          "substr(" + text(depth - 1) + ", " + number(depth - 1) + ", " + number(depth - 1) + ")";
      case 3 -> "sprint(" + number(depth - 1) + ")";
      case 4 ->
          "sprintf(\""
              + any(
                  "%d:%s",
                  "%5d|%-6s",
                  "%x %s",
                  "%-4d%8s",
                  "%+d%.3s",
                  "%o.%s",
                  "%c|%s",
                  "%#c%s",
                  "%2b%s",
                  "%#X%-3s")
              + "\", "
              + number(depth - 1)
              + ", "
              + text(depth - 1)
              + ")";
      case 5 -> "(" + number(depth - 1) + " ? " + text(depth - 1) + " : " + text(depth - 1) + ")";
      case 6 -> "w_@[" + text(depth - 1) + "]";
      case 8 -> any("text_str", "string_quoted") + "(" + text(depth - 1) + ")";
      case 9 -> "text_strn(" + text(depth - 1) + ", " + number(depth - 1) + ", " + number(0) + ")";
      case 12 ->
          "sprintf(\""
              + any("%*d|%.*s", "%-*d|%.*s", "%0*d|%.*s", "%#*x%.*s")
              + String.join(
                  ", ", "\"", number(1), number(depth - 1), number(0), text(depth - 1) + ")");
      case 10 -> "errno_str(" + number(depth - 1) + ")";
      case 11 ->
          // Never empty: handlers in user space go on with what another began with.
          "(tokenize(\"+\" . %s, %s) . tokenize(%s))".formatted(text(depth - 1), text(0), text(0));
      case 7 -> "str_replace(" + text(depth - 1) + ", " + text(0) + ", " + text(0) + ")";
      default ->
          isFunction
              ? "\"" + any(LITERALS) + "\""
              : "g_@(" + number(depth - 1) + ", " + text(depth - 1) + ")";
    };
  }
}
