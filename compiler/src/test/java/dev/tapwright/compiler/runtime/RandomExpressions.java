package dev.tapwright.compiler.runtime;

import static dev.tapwright.compiler.runtime.RandomConstruct.ARRAYS;
import static dev.tapwright.compiler.runtime.RandomConstruct.FIGURES;
import static dev.tapwright.compiler.runtime.RandomConstruct.FOREACH;
import static dev.tapwright.compiler.runtime.RandomConstruct.FORMATS;
import static dev.tapwright.compiler.runtime.RandomConstruct.FUNCTIONS;
import static dev.tapwright.compiler.runtime.RandomConstruct.REGULAR_EXPRESSIONS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STATISTICS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STRINGS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STRING_FUNCTIONS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Random expressions of a handler, of numbers and of strings. The {@code @} in a name such as
 * {@code n_@} stands for the handler's number.
 */
final class RandomExpressions {
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
    "(-9223372036854775807 - 1)",
    "2147483648"
  };
  private static final String[] BINARY = {
    "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "<", "<=", ">", ">=", "==", "!=",
    "&&", "||"
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
    "[[:digit:]]x?",
    "^(a|ab)(c|bcd)?.{2,}",
    "[^t]t|o{0,2}n"
  };
  private static final String[] COMPARISONS = {"==", "!=", "<", ">", "<=", ">="};
  private static final String[] ASSIGNMENTS = {
    "=", "+=", "-=", "*=", "|=", "^=", "&=", "<<=", ">>=", "/=", "%="
  };

  private final RandomChoices choices;
  private final boolean isFunction;
  private final RandomFormats formats;
  private final List<IntFunction<String>> numbers = new ArrayList<>();
  private final List<IntFunction<String>> texts = new ArrayList<>();

  /**
   * @param isFunction of the body of a function, which calls no other
   */
  RandomExpressions(RandomChoices choices, boolean isFunction) {
    this.choices = choices;
    this.isFunction = isFunction;
    this.formats = new RandomFormats(choices, this);
    plainNumbers();
    if (choices.has(STRINGS)) {
      numbersOfTexts();
      plainTexts();
      if (choices.has(STRING_FUNCTIONS)) {
        textFunctions();
      }
    }
    if (choices.has(FUNCTIONS) && !isFunction) {
      calls();
    }
    if (choices.has(STATISTICS) && choices.has(FIGURES)) {
      numbers.addAll(List.of(this::figure, this::figure));
      numbers.add(depth -> histogram(statistic()) + "[" + number(depth) + "]");
      numbers.add(depth -> "([" + number(depth) + "] in " + histogram(statistic()) + ")");
    }
  }

  private void plainNumbers() {
    IntFunction<String> binary =
        depth -> "(" + number(depth) + " " + choices.any(BINARY) + " " + number(depth) + ")";
    numbers.addAll(List.of(binary, binary, binary));
    numbers.add(depth -> choices.any("-", "~", "!") + "(" + number(depth) + ")");
    numbers.add(depth -> "(" + number(depth) + " ? " + number(depth) + " : " + number(depth) + ")");
    numbers.add(depth -> "(" + choices.any("a", "b", "k") + choices.any("++", "--") + ")");
    numbers.add(depth -> "(" + choices.any("++", "--") + choices.any("a", "n_@", "m_@") + ")");
    numbers.add(
        depth ->
            "("
                + choices.any("a", "m_@")
                + " "
                + choices.any(ASSIGNMENTS)
                + " "
                + number(depth)
                + ")");
    if (choices.has(ARRAYS)) {
      numbers.add(depth -> "c_@[" + number(depth) + "]");
      numbers.add(depth -> "(" + numberElement(depth) + choices.any("++", "--", " += 3") + ")");
      numbers.add(depth -> "([" + number(depth) + "] in " + choices.any("c_@", "u_@") + ")");
      numbers.add(depth -> "l_@[" + number(depth) + ", " + number(0) + ", " + number(0) + "]");
      numbers.add(depth -> "([" + number(0) + ", 1, " + number(depth) + "] in l_@)");
      if (choices.has(FOREACH)) {
        numbers.add(depth -> "([*, " + number(depth) + ", *] in l_@)");
        numbers.add(_ -> "([*] in " + choices.any("c_@", "u_@", "q_@") + ")");
        numbers.add(depth -> "q_@[" + number(depth) + "]");
      }
    }
  }

  private void numbersOfTexts() {
    numbers.add(
        depth -> "(" + text(depth) + " " + choices.any(COMPARISONS) + " " + text(depth) + ")");
    numbers.add(depth -> "strlen(" + text(depth) + ")");
    if (choices.has(ARRAYS)) {
      numbers.add(depth -> "t_@[" + text(depth) + ", " + number(depth) + "]");
      numbers.add(depth -> "([" + text(depth) + ", " + number(0) + "] in t_@)");
      numbers.add(depth -> "([" + text(depth) + "] in w_@)");
    }
    if (choices.has(STRING_FUNCTIONS)) {
      numbers.add(
          depth -> "strtol(" + text(depth) + ", " + choices.any("10", "0", "16", "2", "k") + ")");
      numbers.add(
          depth -> choices.any("strpos", "isinstr") + "(" + text(depth) + ", " + text(depth) + ")");
      numbers.add(depth -> "stringat(" + text(depth) + ", " + number(depth) + ")");
      numbers.add(depth -> "isdigit(" + text(depth) + ")");
    }
    if (choices.has(REGULAR_EXPRESSIONS)) {
      IntFunction<String> match =
          depth ->
              "("
                  + text(depth)
                  + choices.any(" =~ ", " !~ ")
                  + "\""
                  + choices.any(PATTERNS)
                  + "\")";
      numbers.addAll(List.of(match, match));
      if (choices.has(STRINGS)) {
        texts.add(
            depth ->
                "("
                    + match.apply(depth)
                    + " ? matched("
                    + choices.any("0", "1", "2", "k")
                    + ") : \"-\")");
      }
    }
  }

  private void plainTexts() {
    IntFunction<String> joined = depth -> "(" + text(depth) + " . " + text(depth) + ")";
    texts.addAll(List.of(joined, joined));
    texts.add(depth -> "substr(" + text(depth) + ", " + number(depth) + ", " + number(depth) + ")");
    texts.add(depth -> "(" + number(depth) + " ? " + text(depth) + " : " + text(depth) + ")");
    texts.add(
        depth -> "(" + choices.any("p", "s_@") + choices.any(" = ", " .= ") + text(depth) + ")");
    if (choices.has(ARRAYS)) {
      texts.add(depth -> "w_@[" + text(depth) + "]");
      texts.add(depth -> "v_@[" + text(depth) + ", " + text(0) + "]");
    }
    if (choices.has(FORMATS)) {
      texts.add(formats::sprint);
      texts.add(formats::sprintf);
      texts.add(formats::sprintf);
    }
  }

  private void textFunctions() {
    texts.add(depth -> choices.any("text_str", "string_quoted") + "(" + text(depth) + ")");
    texts.add(depth -> "text_strn(" + text(depth) + ", " + number(depth) + ", " + number(0) + ")");
    texts.add(depth -> choices.any("errno_str", "syscall_name") + "(" + number(depth) + ")");
    // Never empty: handlers in user space go on with what another began with.
    texts.add(
        depth ->
            "(tokenize(\"+\" . %s, %s) . tokenize(%s))".formatted(text(depth), text(0), text(0)));
    texts.add(depth -> "str_replace(" + text(depth) + ", " + text(0) + ", " + text(0) + ")");
  }

  private void calls() {
    numbers.add(depth -> "f_@(" + number(depth) + ", " + number(depth) + ")");
    numbers.add(depth -> "h_@(" + number(depth) + ")");
    numbers.add(depth -> "h_@(" + number(depth) + ", " + number(depth) + ")");
    if (choices.has(STRINGS)) {
      texts.add(depth -> "g_@(" + number(depth) + ", " + text(depth) + ")");
      texts.add(depth -> "o_@(" + number(depth) + ")");
    }
  }

  /** A statement's assignment to a number. */
  String numberAssignment(int depth) {
    return numberPlace(1) + " " + choices.any(ASSIGNMENTS) + " " + number(depth);
  }

  /** A statement's assignment to a string. */
  String textAssignment(int depth) {
    return textPlace() + " " + choices.any("=", "=", ".=") + " " + text(depth);
  }

  private String numberPlace(int depth) {
    int place = choices.below(choices.has(ARRAYS) ? 8 : 5);
    return place < 5 ? choices.any("a", "b", "k", "n_@", "m_@") : numberElement(depth);
  }

  /** An element of an array of numbers. */
  String numberElement(int depth) {
    return switch (choices.below(choices.has(STRINGS) ? 4 : 3)) {
      case 0 -> "c_@[" + number(depth) + "]";
      case 1 -> "u_@[" + number(depth) + "]";
      case 2 ->
          choices.has(FOREACH) && choices.onceIn(2)
              ? "q_@[" + number(depth) + "]"
              : "l_@[" + number(0) + ", " + choices.any("1", "k") + ", " + number(depth) + "]";
      default -> "t_@[" + text(depth) + ", " + number(depth) + "]";
    };
  }

  /** An element of an array of strings. */
  String textElement(int depth) {
    return choices.onceIn(2)
        ? "w_@[" + text(depth) + "]"
        : "v_@[" + text(depth) + ", " + text(0) + "]";
  }

  private String textPlace() {
    return switch (choices.below(choices.has(ARRAYS) ? 4 : 3)) {
      case 0 -> choices.any("s_@", "r_@");
      case 3 -> textElement(1);
      default -> choices.any("p", "q");
    };
  }

  /** A statistic, or one of an array. */
  String statistic() {
    return statistic(1);
  }

  private String statistic(int depth) {
    return choices.has(ARRAYS) && choices.onceIn(2) ? "y_@[" + number(depth) + "]" : "z_@";
  }

  /** A figure of a statistic; where there are no values it can end in an error. */
  private String figure(int depth) {
    return choices.onceIn(6)
        ? "@variance(z_@)"
        : choices.any("@count(", "@sum(", "@min(", "@max(", "@avg(") + statistic() + ")";
  }

  /** A statistic has one histogram. */
  private static String histogram(String statistic) {
    return (statistic.startsWith("z") ? "@hist_log(%s)" : "@hist_linear(%s, -20, 90, 7)")
        .formatted(statistic);
  }

  /** A histogram to walk: its index calls nothing, for a function could change what is walked. */
  String walkedHistogram() {
    return histogram(statistic(0));
  }

  /** Draws a histogram. */
  String drawing() {
    return "print(" + histogram(statistic()) + ")";
  }

  /** Prints something, on a line of its own. */
  String print() {
    return formats.print(isFunction ? 1 : 2);
  }

  /** An expression that is a number. */
  String number(int depth) {
    if (depth == 0 || choices.onceIn(5)) {
      return choices.onceIn(3)
          ? choices.any(NUMBERS)
          : choices.any("a", "b", "n_@", "m_@", "i", "j", "k");
    }
    return choices.any(numbers).apply(depth - 1);
  }

  /** An expression that is a string. */
  String text(int depth) {
    if (!choices.has(STRINGS) || choices.onceIn(8)) {
      return literal();
    }
    if (depth == 0 || choices.onceIn(5)) {
      return choices.any("p", "q", "s_@", "r_@", literal());
    }
    return choices.any(texts).apply(depth - 1);
  }

  private String literal() {
    return "\"" + choices.any(LITERALS) + "\"";
  }
}
