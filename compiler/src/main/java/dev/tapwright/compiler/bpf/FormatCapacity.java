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
          next += FormatField.stars(directive);
          if (next >= print.arguments().size()) {
            return most;
          }
          Expression argument = print.arguments().get(next++);
          boolean isText = bindings.typeOf(argument) == Type.STRING;
          int value;
          if (isText) {
            value = capacities.applyAsInt(argument);
          } else if (MemoryDirective.is(directive)) {
            value = 2 * MemoryDirective.capacity(directive) + 1;
          } else {
            int digits = size(directive.precision(), most);
            // A precision from an argument may ask for more zeros than there is room for.
            value =
                directive.precision() instanceof FormatPart.Size.FromArgument
                    ? digits + NUMBER
                    : Math.max(NUMBER, digits + NUMBER - 20);
          }
          int width = size(directive.width(), most);
          boolean isKnown = !(directive.width() instanceof FormatPart.Size.FromArgument);
          bytes += isKnown ? Math.max(value, width) : value + width;
        }
      }
    }
    return (int) Math.min(Integer.MAX_VALUE / 2, bytes);
  }

  private static int size(FormatPart.Size size, int most) {
    return switch (size) {
      case FormatPart.Size.Absent() -> 0;
      case FormatPart.Size.Fixed(int count) -> Math.min(count, FormatField.WIDEST);
      case FormatPart.Size.FromArgument() -> most;
    };
  }
}
