package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import java.util.List;
import java.util.Optional;

/** Takes values out of a call's arguments, and puts results into values. */
final class Arguments {
  private Arguments() {}

  /** The number at a place. */
  static long number(List<Value> arguments, int place) {
    if (arguments.get(place) instanceof LongValue number) {
      return number.value();
    }
    throw new IllegalArgumentException("argument " + place + " is not a number");
  }

  /** The string at a place. */
  static String text(List<Value> arguments, int place) {
    if (arguments.get(place) instanceof StringValue text) {
      return text.value();
    }
    throw new IllegalArgumentException("argument " + place + " is not a string");
  }

  /** A number as a call's result. */
  static Optional<Value> of(long number) {
    return Optional.of(new LongValue(number));
  }

  /** A string as a call's result. */
  static Optional<Value> of(String text) {
    return Optional.of(new StringValue(text));
  }
}
