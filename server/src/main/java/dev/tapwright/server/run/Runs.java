package dev.tapwright.server.run;

import dev.tapwright.server.protocol.CompileResult;
import dev.tapwright.server.protocol.TapwrightClient;
import dev.tapwright.server.settings.Elevation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/** The scripts that run as children of the server: one a document. */
public final class Runs implements AutoCloseable {
  /** Characters of a run's standard error that are looked through. */
  private static final int MOST_ERRORS = 1 << 20;

  private final RunReporter reporter;
  private final Refusals refusals;
  private final Map<Integer, Run> running = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param hasOwnNotifications whether the client understands {@code tapwright/output}
   * @param isCurrent whether a document, by its URI, still has a version
   */
  public Runs(
      TapwrightClient client, boolean hasOwnNotifications, BiPredicate<String, Integer> isCurrent) {
    this.refusals = new Refusals(client, isCurrent);
    this.reporter = new RunReporter(client, hasOwnNotifications);
  }

  /**
   * Starts a compiled document; a run of it that is still going is stopped.
   *
   * @return the run's number
   * @throws IOException when the program that elevates, or {@code stapbpf}, cannot be started
   */
  public synchronized int start(String uri, CompileResult compiled, Elevation elevation)
      throws IOException {
    running.values().stream().filter(run -> run.uri().equals(uri)).forEach(Run::stop);
    int number = count.incrementAndGet();
    Run.Listener listener =
        new Run.Listener() {
          private final StringBuilder errors = new StringBuilder();

          @Override
          public void output(Run run, String stream, String text) {
            reporter.output(run, stream, text);
            if (stream.equals("stderr") && errors.length() < MOST_ERRORS) {
              errors.append(text);
            }
          }

          @Override
          public void ended(Run run, int exitStatus) {
            synchronized (Runs.this) {
              running.remove(number);
            }
            reporter.ended(run, exitStatus);
            refusals.show(uri, compiled, errors.toString());
          }
        };
    List<String> prefix = compiled.needsPrivilege() ? elevation.prefix() : List.of();
    Run run = Run.start(number, uri, prefix, compiled.command(), listener);
    running.put(number, run);
    return number;
  }

  /** Stops one run, or all. Asked a second time, ends what did not stop. */
  public void stop(Optional<Integer> number) {
    running.values().stream()
        .filter(run -> number.isEmpty() || number.get() == run.number())
        .forEach(Run::stop);
  }

  /** Stops all. */
  @Override
  public void close() {
    stop(Optional.empty());
  }
}
