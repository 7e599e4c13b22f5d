package dev.tapwright.compiler.runtime;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether the session goes on. Safe for use by several threads. */
final class SessionControl {
  private final int maximumErrors;
  private Runnable whenEnding = () -> {};
  private boolean isEnding;
  private boolean hasFailed;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private long errors;

  /** Starts running; the session fails when there are more errors than {@code maximumErrors}. */
  SessionControl(int maximumErrors) {
    this.maximumErrors = maximumErrors;
  }

  /** Asks for the end: no handler begins any more, but those of the end. */
  synchronized void requestEnd() {
    if (!isEnding) {
      isEnding = true;
      whenEnding.run();
    }
    notifyAll();
  }

  /** Sets what is done at once when the end is asked for; now, if it has been. */
  synchronized void whenEnding(Runnable action) {
    whenEnding = action;
    if (isEnding) {
      action.run();
    }
  }

  /** Counts a fault of a handler. */
  void countError() {
    countErrors(1);
  }

  /** Counts faults of handlers. */
  synchronized void countErrors(long count) {
    errors += count;
    if (errors > maximumErrors) {
      hasFailed = true;
      requestEnd();
    }
  }

  synchronized boolean isEnding() {
    return isEnding;
  }

  /**
   * Whether there were too many errors: {@code error} probes run then instead of {@code end}
   * probes.
   */
  synchronized boolean hasFailed() {
    return hasFailed;
  }

  synchronized long errors() {
    return errors;
  }

  /** Gives the session's own thread something to do while it waits for the end. */
  synchronized void submit(Runnable task) {
    tasks.add(task);
    notifyAll();
  }

  /** Takes what has been submitted, in order. */
  synchronized Optional<Runnable> nextTask() {
    return Optional.ofNullable(tasks.poll());
  }

  /**
   * Waits for the end; true at the end, false when the deadline is over or there is a task.
   *
   * @param deadline when to stop waiting, by {@link System#nanoTime}
   */
  synchronized boolean awaitEnd(OptionalLong deadline) throws InterruptedException {
    while (!isEnding) {
      if (!tasks.isEmpty()) {
        return false;
      }
      if (deadline.isEmpty()) {
        wait();
        continue;
      }
      long left = deadline.getAsLong() - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }
}
