package dev.tapwright.compiler.runtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Signals that end a session: the first in order, with {@code end} probes; the second at once. The Java machine's own
 * handling, shutdown hooks, knows no second signal and decides the exit status itself.
 */
final class SessionSignals {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private SessionSignals() {}

  /** Has the action done at the first signal. */
  @SuppressWarnings("sunapi")
  static void onFirst(Runnable action) {
    AtomicBoolean hasCome = new AtomicBoolean();
    for (String name : NAMES) {
      try {
        Signal.handle(
            new Signal(name),
            signal -> {
              if (hasCome.getAndSet(true)) {
                Runtime.getRuntime().halt(128 + signal.getNumber());
              }
              action.run();
            });
      } catch (IllegalArgumentException reserved) {
        // The Java machine was started with -Xrs: the signal does what it does to any process.
      }
    }
  }
}
