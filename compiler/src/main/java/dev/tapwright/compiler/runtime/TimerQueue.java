package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Timers and when they are due. A period counts from the moment before, not from when its handler was done, so that timers
 * do not drift; moments that have passed by while another handler ran are left out.
 */
final class TimerQueue {
  private final RandomGenerator random;
  private final PriorityQueue<Armed> queue =
      new PriorityQueue<>(Comparator.comparingLong(Armed::due).thenComparingInt(Armed::handler));

  TimerQueue(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A timer that waits.
   *
   * @param due nanoseconds of the session's clock
   */
  private record Armed(long due, AttachPoint.Timer timer, int handler) {}

  /** Adds a timer, whose first period begins now. */
  void arm(AttachPoint.Timer timer, int handler, long now) {
    queue.add(new Armed(nextDue(timer, now, now), timer, handler));
  }

  /** When the next timer is due; empty when there is none. */
  OptionalLong nextDue() {
    return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.element().due());
  }

  /** The handler of the next timer if it is due by now; it is armed again. */
  java.util.OptionalInt takeDue(long now) {
    if (queue.isEmpty() || queue.element().due() > now) {
      return java.util.OptionalInt.empty();
    }
    Armed armed = queue.remove();
    queue.add(new Armed(nextDue(armed.timer(), armed.due(), now), armed.timer(), armed.handler()));
    return java.util.OptionalInt.of(armed.handler());
  }

  private long nextDue(AttachPoint.Timer timer, long from, long now) {
    long period = Math.max(1, timer.periodNanoseconds());
    long missed = Math.max(0, (now - from) / period);
    long next = from + (missed + 1) * period;
    long spread = timer.randomizeNanoseconds();
    return spread <= 0 ? next : Math.max(now + 1, next + random.nextLong(-spread, spread + 1));
  }
}
