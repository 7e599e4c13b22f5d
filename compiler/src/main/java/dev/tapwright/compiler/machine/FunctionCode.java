package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import java.util.List;

/**
 * A function. Its parameters are the first of its numbers and of its strings, each kind in order.
 *
 * @param name for messages
 * @param parameters types, each a number or a string
 * @param result {@link Type#UNKNOWN} for a function without one
 * @param numbers how many numbers it keeps
 * @param texts how many strings it keeps
 * @param body what it does
 * @param nextOverload which function {@code next} goes on to; -1 when there is none
 */
public record FunctionCode(
    String name,
    List<Type> parameters,
    Type result,
    int numbers,
    int texts,
    StatementCode body,
    int nextOverload) {
  /** Copies the list. */
  public FunctionCode {
    parameters = List.copyOf(parameters);
    Activation.checkSizes(numbers, texts);
  }
}
