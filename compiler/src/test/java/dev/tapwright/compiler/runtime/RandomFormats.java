package dev.tapwright.compiler.runtime;

import static dev.tapwright.compiler.runtime.RandomConstruct.FORMATS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STRINGS;

import java.util.ArrayList;
import java.util.List;

/** Random calls of the {@code print} family. */
final class RandomFormats {
  private final RandomChoices choices;
  private final RandomExpressions expressions;

  RandomFormats(RandomChoices choices, RandomExpressions expressions) {
    this.choices = choices;
    this.expressions = expressions;
  }

  /** Values one after the other, as a string. */
  String sprint(int depth) {
    return switch (choices.below(4)) {
      case 0 -> "sprintd(\", \", " + values(depth, 2) + ")";
      case 1 -> "sprintln(" + values(depth, 1) + ")";
      default -> "sprint(" + values(depth, 1) + ")";
    };
  }

  /** A format with values, as a string. */
  String sprintf(int depth) {
    return "sprintf(" + formatted("", depth) + ")";
  }

  /** Prints a line. */
  String print(int depth) {
    return switch (choices.below(6)) {
      case 0 -> "println(" + expressions.number(depth + 1) + ")";
      case 1 -> "print(" + values(depth, 1) + ", \"\\n\")";
      case 2 -> "printdln(\"-\", " + values(depth, 2) + ")";
      case 3 -> "print_char(" + expressions.number(depth) + ")";
      default -> "printf(" + formatted("\\n", depth) + ")";
    };
  }

  private String values(int depth, int least) {
    List<String> values = new ArrayList<>();
    int count = least + choices.below(3);
    for (int i = 0; i < count; i++) {
      values.add(choices.onceIn(2) ? expressions.number(depth) : expressions.text(depth));
    }
    return String.join(", ", values);
  }

  private String formatted(String end, int depth) {
    StringBuilder format = new StringBuilder();
    List<String> arguments = new ArrayList<>();
    int count = 1 + choices.below(4);
    for (int i = 0; i < count; i++) {
      format.append(choices.any("", " ", "%%", "-", ": ")).append(directive(arguments, depth));
    }
    return "\"" + format + end + "\", " + String.join(", ", arguments);
  }

  private String directive(List<String> arguments, int depth) {
    boolean isRich = choices.has(FORMATS) && choices.onceIn(2);
    StringBuilder directive = new StringBuilder("%");
    if (isRich) {
      directive.append(choices.any("", "", "-", "0", "+", " ", "#"));
      size(directive, arguments, "1", "2", "4", "7", "12", "70");
      if (choices.onceIn(3)) {
        size(directive.append('.'), arguments, "0", "1", "3", "9");
      }
    }
    boolean isText = choices.onceIn(3) && (choices.has(STRINGS) || choices.onceIn(3));
    String conversion =
        isText ? "s" : isRich ? choices.any("d", "i", "u", "x", "X", "o", "c", "p", "b") : "d";
    arguments.add(isText ? expressions.text(depth) : expressions.number(depth));
    return directive.append(conversion).toString();
  }

  private void size(StringBuilder directive, List<String> arguments, String... sizes) {
    switch (choices.below(4)) {
      case 0 -> {
        directive.append('*');
        arguments.add(expressions.number(choices.below(2)));
      }
      case 1 -> {}
      default -> directive.append(choices.any(sizes));
    }
  }
}
