package dev.tapwright.server.feature;

import java.util.List;
import java.util.Optional;

/** Words of the language itself, with a line about each. */
final class Vocabulary {
  /**
   * A word.
   *
   * @param name as written
   * @param documentation one line
   * @param snippet what completion inserts, with {@code $0} where the cursor goes
   */
  record Word(String name, String documentation, String snippet) {}

  static final List<Word> DECLARATIONS =
      List.of(
          new Word(
              "probe",
              "A handler, and the probe points at which it runs",
              "probe ${1:begin} {\n\t$0\n}"),
          new Word("global", "Variables that all handlers share", "global $0"),
          new Word("function", "A function", "function ${1:name}(${2:value}) {\n\t$0\n}"),
          new Word("private", "A global or function of this file alone", "private $0"));

  static final List<Word> STATEMENTS =
      List.of(
          new Word("if", "Runs a statement when a condition holds", "if ($1) {\n\t$0\n}"),
          new Word("else", "What runs when the condition of if does not hold", "else $0"),
          new Word("while", "Repeats while a condition holds", "while ($1) {\n\t$0\n}"),
          new Word(
              "for",
              "Repeats, with a start and a step",
              "for (${1:i = 0}; ${2:i < n}; ${3:i++}) {\n\t$0\n}"),
          new Word(
              "foreach",
              "Walks an array, sorted by the variable marked + or -, at most limit turns",
              "foreach (${1:key} in ${2:array}) {\n\t$0\n}"),
          new Word(
              "in",
              "Whether an array has an element; in foreach, the array that is walked",
              "in $0"),
          new Word("limit", "The most turns of foreach", "limit $0"),
          new Word("return", "Ends the function with a value", "return $0"),
          new Word("delete", "Removes an element, or empties a variable", "delete $0"),
          new Word("next", "Ends the handler", "next"),
          new Word("break", "Ends the loop", "break"),
          new Word("continue", "Goes to the loop's next turn", "continue"),
          new Word(
              "try",
              "Runs statements, and others when one of them fails",
              "try {\n\t$1\n} catch (${2:message}) {\n\t$0\n}"),
          new Word("catch", "What runs when a statement of try has failed", "catch"));

  static final List<Word> PRINTING =
      List.of(
          new Word(
              "printf",
              "Prints values by a format: %d %u %x %s and their kin, 64 bits wide",
              "printf(\"$1\\\\n\"$0)"),
          new Word("print", "Prints values one after the other", "print($0)"),
          new Word(
              "println", "Prints values one after the other, and ends the line", "println($0)"),
          new Word(
              "printd", "Prints values with a delimiter between them", "printd(\"${1:,}\", $0)"),
          new Word(
              "printdln",
              "Prints values with a delimiter between them, and ends the line",
              "printdln(\"${1:,}\", $0)"),
          new Word("print_char", "Prints the character of that number", "print_char($0)"),
          new Word("sprintf", "Gives what printf prints, as a string", "sprintf(\"$1\"$0)"),
          new Word("sprint", "Gives what print prints, as a string", "sprint($0)"),
          new Word("sprintln", "Gives what println prints, as a string", "sprintln($0)"),
          new Word("sprintd", "Gives what printd prints, as a string", "sprintd(\"${1:,}\", $0)"),
          new Word(
              "sprintdln", "Gives what printdln prints, as a string", "sprintdln(\"${1:,}\", $0)"));

  static final List<Word> OPERATORS =
      List.of(
          new Word("@count", "How many values a statistic has taken", "@count($0)"),
          new Word("@sum", "The sum of a statistic's values", "@sum($0)"),
          new Word("@min", "The smallest of a statistic's values", "@min($0)"),
          new Word("@max", "The largest of a statistic's values", "@max($0)"),
          new Word("@avg", "The integer average of a statistic's values", "@avg($0)"),
          new Word("@variance", "The variance of a statistic's values", "@variance($0)"),
          new Word(
              "@hist_log",
              "A histogram of a statistic with buckets of powers of two",
              "@hist_log($0)"),
          new Word(
              "@hist_linear",
              "A histogram of a statistic with even buckets",
              "@hist_linear($1, ${2:0}, ${3:100}, ${4:10})"),
          new Word("@defined", "Whether a context variable exists here", "@defined($0)"),
          new Word(
              "@entry", "The value an expression had when the function was entered", "@entry($0)"),
          new Word("@cast", "A number seen as a pointer to a type", "@cast($1, \"$0\")"),
          new Word("@var", "A variable of the traced program", "@var(\"$0\")"),
          new Word("@define", "A macro", "@define ${1:name} %( $0 %)"));

  private Vocabulary() {}

  /** The word of that name among those that are called or operate. */
  static Optional<Word> callable(String name) {
    return java.util.stream.Stream.concat(PRINTING.stream(), OPERATORS.stream())
        .filter(word -> word.name().equals(name))
        .findFirst();
  }
}
