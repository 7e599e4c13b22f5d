package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The handlers that run in this process, one at a time: {@code begin}, timers, {@code end}, {@code
 * error}.
 */
final class UserSide {
  /** No priority: the probe does not run now. */
  private static final OptionalLong NOT_NOW = OptionalLong.empty();

  private final List<ProbeEntry> probes;
  private final HandlerRunner runner;
  private final SessionOutput output;
  private final SessionMessages messages;
  private final SessionControl control;

  /** Runs a user-placed handler, by its place in the user program. */
  interface HandlerRunner {
    /** Gives the fault that ended it, if one did, as it is printed after {@code ERROR: }. */
    Optional<String> run(int handler);
  }

  UserSide(
      List<ProbeEntry> probes,
      HandlerRunner runner,
      SessionOutput output,
      SessionMessages messages,
      SessionControl control) {
    this.probes = probes;
    this.runner = runner;
    this.output = output;
    this.messages = messages;
    this.control = control;
  }

  /** Runs the {@code begin} probes, by priority, until one ends the session. */
  void begin() {
    List<ProbeEntry> begins =
        byPriority(
            point ->
                point instanceof AttachPoint.Begin begin
                    ? OptionalLong.of(begin.priority())
                    : NOT_NOW);
    for (ProbeEntry probe : begins) {
      if (control.isEnding()) {
        return;
      }
      run(probe);
    }
  }

  /** Runs timers, and what other threads submit, until the session ends. */
  void runTimers() throws InterruptedException {
    TimerQueue timers = new TimerQueue(RandomGenerator.getDefault());
    long start = System.nanoTime();
    for (ProbeEntry probe : probes) {
      if (probe.attachPoint() instanceof AttachPoint.Timer timer) {
        timers.arm(timer, probe, start);
      }
    }
    while (!control.awaitEnd(timers.nextDue())) {
      control.nextTask().ifPresent(Runnable::run);
      timers.takeDue(System.nanoTime()).ifPresent(this::run);
    }
  }

  /**
   * Runs the handlers of a file in the session's thread; see {@link SessionFiles.Handlers}. For
   * other threads.
   */
  String runFile(SessionFileText file, List<ProbeEntry> ofFile, String text, int mostBytes)
      throws InterruptedException {
    CompletableFuture<String> result = new CompletableFuture<>();
    control.submit(
        () -> {
          file.begin(text, mostBytes);
          ofFile.forEach(this::run);
          result.complete(file.end());
        });
    try {
      return result.get();
    } catch (ExecutionException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Runs the {@code end} probes, or the {@code error} probes when the session has failed, by
   * priority.
   */
  void end() {
    boolean hasFailed = control.hasFailed();
    List<ProbeEntry> ends =
        byPriority(
            point ->
                switch (point) {
                  case AttachPoint.End end when !hasFailed -> OptionalLong.of(end.priority());
                  case AttachPoint.Error error when hasFailed -> OptionalLong.of(error.priority());
                  default -> NOT_NOW;
                });
    ends.forEach(this::run);
  }

  private List<ProbeEntry> byPriority(Function<AttachPoint, OptionalLong> priority) {
    return probes.stream()
        .filter(probe -> priority.apply(probe.attachPoint()).isPresent())
        .sorted(Comparator.comparingLong(probe -> priority.apply(probe.attachPoint()).getAsLong()))
        .toList();
  }

  private void run(ProbeEntry probe) {
    if (probe.userHandler().isPresent()) {
      Optional<String> fault = runner.run(probe.userHandler().getAsInt());
      output.flush();
      if (fault.isPresent()) {
        messages.error(fault.get());
        control.countError();
      }
    }
  }
}
