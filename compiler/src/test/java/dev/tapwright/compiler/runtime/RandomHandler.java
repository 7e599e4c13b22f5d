package dev.tapwright.compiler.runtime;

import static dev.tapwright.compiler.runtime.RandomConstruct.ARRAYS;
import static dev.tapwright.compiler.runtime.RandomConstruct.CONDITION;
import static dev.tapwright.compiler.runtime.RandomConstruct.FUNCTIONS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STATISTICS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STRINGS;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A random, well-typed handler with what it needs: its globals and functions carry its number in
 * their names. It runs once, on the first processor or in user space; then the last probes of user
 * space print all that it has left.
 */
final class RandomHandler {
  /** What stands for a place in the kernel, before the handlers' own probes. */
  private static final String PLACE = "probe begin(1)";

  /** Lets a handler run once. */
  private static final Pattern GUARD = Pattern.compile("if \\((x_\\d+\\+\\+)\\) next");

  private static final String KERNEL_PLACE = "probe kernel.trace(\"sched_switch\")";

  private RandomHandler() {}

  /**
   * Prints a script of several: {@code java RandomHandler.java SEED COUNT kernel|user [VERSION]},
   * with what a kernel of that version carries.
   *
   * @param arguments as said
   */
  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[1]);
    String version = arguments.length > 3 ? arguments[3] : "";
    String script = script(Long.parseLong(arguments[0]), 0, count, version);
    System.out.print(arguments[2].equals("kernel") ? inKernel(script) : inUserSpace(script));
  }

  /** The handlers of a run from one number on, wherever they are to run. */
  static String script(long run, int first, int count, String version) {
    List<String> handlers = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      RandomChoices choices = new RandomChoices(run * 1_000_003 + i, version);
      handlers.add(handler(choices).replace("_@", "_" + i));
    }
    return String.join("", handlers);
  }

  /** The script with its handlers in user space. */
  static String inUserSpace(String script) {
    return script + "probe begin(2) { exit() }\n";
  }

  /** The script with its handlers in the kernel. */
  static String inKernel(String script) {
    return "global runs_of_handlers\n"
        + GUARD.matcher(script.replace(PLACE, KERNEL_PLACE)).replaceAll("if (cpu() || $1) next")
        // The last that is attached: when it runs, all others have.
        + "probe kernel.trace(\"sched_switch\") { if (!cpu() && !runs_of_handlers++) exit() }\n";
  }

  /** Whether each handler still runs once. */
  static boolean isGuarded(String script) {
    return GUARD.matcher(script).results().count()
        == script.split(Pattern.quote(PLACE), -1).length - 1;
  }

  private static String handler(RandomChoices choices) {
    String functions = choices.has(FUNCTIONS) ? functions(choices) : "";
    RandomStatements statements = new RandomStatements(choices, false);
    String body = statements.block(6, 3);
    boolean isCaught = !choices.onceIn(4);
    return declarations(choices)
        + functions
        + PLACE
        + (choices.has(CONDITION) ? condition(choices) : "")
        + " {\nif (x_@++) next\n"
        + locals(choices)
        + (isCaught ? statements.caught(body, "") : body)
        + "\n"
        + (choices.has(STRINGS)
            ? "printf(\"%d %d %d %s %s\\n\", a, b, k, p, q)\n"
            : "printf(\"%d %d %d\\n\", a, b, k)\n")
        + "}\n"
        + report(choices);
  }

  private static String condition(RandomChoices choices) {
    return " if ("
        + choices.any("n_@ > 2", "m_@", "n_@ + m_@ == 2", "!x_@", "m_@ < n_@ && n_@", "x_@")
        + ")";
  }

  private static String declarations(RandomChoices choices) {
    StringBuilder globals = new StringBuilder("global n_@ = 5, m_@ = -3, x_@");
    StringBuilder begun = new StringBuilder();
    if (choices.has(STRINGS)) {
      globals.append(", s_@ = \"glob\", r_@");
      begun.append("r_@ .= \"\"; ");
    }
    if (choices.has(ARRAYS)) {
      globals.append(", c_@, u_@[3], l_@, e_@[1], q_@%[2]");
      begun.append("c_@[0] = 0; u_@[7] = 1; l_@[1, 1, 1] = 3; e_@[2] = 9; q_@[8] = 1; ");
      if (choices.has(STRINGS)) {
        globals.append(", w_@, t_@, v_@");
        begun.append("w_@[\"k\"] = \"v\"; t_@[\"k\", 1] = 2; v_@[\"a\", \"\"] = \"b\"; ");
      }
    }
    if (choices.has(STATISTICS)) {
      globals.append(", z_@, y_@");
      begun.append("y_@[0] <<< -2; ");
    }
    return globals + "\nprobe begin(-1) { " + begun + "x_@ = 0 }\n";
  }

  private static String locals(RandomChoices choices) {
    return "a = 1; b = -2; i = 0; j = 0; k = 0"
        + (choices.has(STRINGS) ? "; p = \"loc\"; q = \"\"\n" : "\n");
  }

  private static String functions(RandomChoices choices) {
    StringBuilder functions = new StringBuilder();
    function(functions, choices, "f_@(a, b)", "", "number");
    function(functions, choices, "h_@:long (a:long)", "b = 3", "number");
    function(functions, choices, "h_@:long (a:long, b:long) :1", "if (a > b) next", "number");
    function(functions, choices, "h_@:long (a:long, b:long) :2", "", "number");
    function(functions, choices, "d_@(b:long)", "a = b", "nothing");
    if (choices.has(STRINGS)) {
      function(functions, choices, "g_@:string (a:long, p:string)", "b = a", "text");
      function(functions, choices, "o_@:string (b:long)", "a = b; if (b & 1) next", "text");
      function(functions, choices, "o_@:string (a:long) :3", "b = a", "text");
    }
    return functions.toString();
  }

  private static void function(
      StringBuilder functions, RandomChoices choices, String head, String first, String result) {
    RandomStatements statements = new RandomStatements(choices, true);
    RandomExpressions expressions = statements.expressions();
    String value =
        switch (result) {
          case "number" -> expressions.number(2);
          case "text" -> expressions.text(2);
          default -> ";";
        };
    String texts =
        !choices.has(STRINGS)
            ? ""
            : head.contains("p:") ? "q = \"n\"; " : "p = \"fun\"; q = \"ction\"; ";
    String body = statements.block(2, 1).replace("RESULT", value);
    functions.append(
        "function %s {\n%s\ni = 0; j = 0; k = 0; %s\n%sreturn %s\n}\n"
            .formatted(head, first, texts, body, value));
  }

  /** What handlers left is printed in user space. */
  private static String report(RandomChoices choices) {
    StringBuilder report = new StringBuilder("println(n_@, \" \", m_@)\n");
    if (choices.has(STRINGS)) {
      report.append("println(s_@, r_@)\n");
    }
    if (choices.has(ARRAYS)) {
      report.append("foreach (a+ in c_@) println(a, \" \", c_@[a])\n");
      report.append("foreach (a- in u_@) println(a, \" \", u_@[a])\n");
      report.append("foreach ([a, b, c] in l_@) d += a ^ b ^ c ^ l_@[a, b, c]; println(d)\n");
      report.append("foreach (a+ in q_@) println(a, \" \", q_@[a])\n");
      report.append("foreach (a in e_@) println(a, \" \", e_@[a])\n");
      if (choices.has(STRINGS)) {
        report.append("foreach (e+ in w_@) println(e, \" \", w_@[e])\n");
        report.append("foreach ([e, f+] in t_@) g += t_@[e, f] + strlen(e) * f; println(g)\n");
        report.append("foreach (g2 = [e+, f2] in v_@) h += strlen(e . f2 . g2); println(h)\n");
      }
    }
    if (choices.has(STATISTICS)) {
      // Of parts that are put together the variance is not exact: nothing else adds to z.
      report.append("println(@count(z_@), \" \", @sum(z_@)); print(@hist_log(z_@))\n");
      report.append("println(@min(z_@), @max(z_@), \" \", @avg(z_@), \" \", @variance(z_@))\n");
      report.append("foreach (s+ in y_@) println(s, @sum(y_@[s]), \" \", @max(y_@[s]))\n");
    }
    return "probe end {\n" + statementsApart(report) + "}\n";
  }

  /** An error in one, such as that of a statistic without values, leaves the others. */
  private static String statementsApart(StringBuilder report) {
    StringBuilder apart = new StringBuilder();
    report
        .toString()
        .lines()
        .forEach(line -> apart.append("try { " + line + " } catch { println(\"-\") }\n"));
    return apart.toString();
  }
}
