package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.machine.PrintFormats;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.function.ToIntFunction;

/** How long the string can be that a format makes. */
final class FormatCapacity {
  /** More than the digits of any number have, with sign or prefix. */
  private static final int NUMBER = 24;

  private FormatCapacity() {}

  /**
   * Bytes, with the NUL, that printing into a string gives at most.
   *
   * @param most what is said where nothing is known
   * @param capacities of the arguments that are strings
   */
  static int of(
      Expression.Print print, Bindings bindings, int most, ToIntFunction<Expression> capacities) {
    if (print.arguments().stream().anyMatch(Expression.Histogram.class::isInstance)) {
      return most;
    }
    List<Type> types = print.arguments().stream().map(bindings::typeOf).toList();
    long bytes = 1;
    int next = 0;
    for (FormatPart part : PrintFormats.of(print, types).parts()) {
      switch (part) {
        case FormatPart.Text(String text) -> bytes += text.length();
        case Directive directive -> {
          if (next >= print.arguments().size() || !isBounded(directive)) {
            return most;
          }
          Expression argument = print.arguments().get(next++);
          int value =
              bindings.typeOf(argument) == Type.STRING
                  ? capacities.applyAsInt(argument)
                  : Math.max(NUMBER, size(directive.precision()) + 2);
          bytes += Math.max(value, Math.abs(size(directive.width())));
        }
      }
    }
    return (int) Math.min(Integer.MAX_VALUE / 2, bytes);
  }

  private static boolean isBounded(Directive directive) {
    return !(directive.width() instanceof FormatPart.Size.FromArgument)
        && !(directive.precision() instanceof FormatPart.Size.FromArgument)
        && switch (directive.conversion()) {
          case MEMORY, MEMORY_HEXADECIMAL -> false;
          default -> true;
        };
  }

  private static int size(FormatPart.Size size) {
    return size instanceof FormatPart.Size.Fixed(int count) ? count : 0;
  }
}
