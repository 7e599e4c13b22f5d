package dev.tapwright.server;

import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Words for faults of ours. */
final class Faults {
  private static final int FRAMES = 12;

  private Faults() {}

  /** What went wrong and where in our code, for the log. */
  static String describe(Throwable fault) {
    Throwable cause = cause(fault);
    return Arrays.stream(cause.getStackTrace())
        .limit(FRAMES)
        .map(frame -> "  at " + frame)
        .collect(Collectors.joining("\n", "Internal error: " + cause + "\n", ""));
  }

  /** The fault itself, without what futures wrap around it. */
  static Throwable cause(Throwable fault) {
    Throwable cause = fault;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
