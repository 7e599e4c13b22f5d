package dev.tapwright.compiler.machine;

import java.util.Optional;

/**
 * A user-placed handler.
 *
 * @param probe the place of its probe in the analysed program's probes
 * @param probePoint what {@code pp()} gives
 * @param scriptPoint what {@code pn()} gives
 * @param numbers how many numbers it keeps
 * @param texts how many strings it keeps
 * @param condition 0 when the handler is not to run
 * @param body what it does
 */
public record HandlerCode(
    int probe,
    String probePoint,
    String scriptPoint,
    int numbers,
    int texts,
    Optional<NumberCode> condition,
    StatementCode body) {
  /** Checks the sizes. */
  public HandlerCode {
    Activation.checkSizes(numbers, texts);
  }
}
