package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Timers and when they are due. A period counts from the moment before, not from when its handler
 * was done, so that timers do not drift; moments that have passed by while another handler ran are
 * left out.
 */
final class TimerQueue {
  private final RandomGenerator random;
  private final PriorityQueue<Armed> queue =
      new PriorityQueue<>(Comparator.comparingLong(Armed::due).thenComparingInt(Armed::number));

  TimerQueue(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A timer that waits.
   *
   * @param due nanoseconds of {@link System#nanoTime}
   * @param number in the order of arming, which is that of timers due at the same moment
   */
  private record Armed(long due, int number, AttachPoint.Timer timer, ProbeEntry probe) {}

  /** Adds a timer, whose first period begins now. */
  void arm(AttachPoint.Timer timer, ProbeEntry probe, long now) {
    queue.add(new Armed(nextDue(timer, now, now), queue.size(), timer, probe));
  }

  /** When the next timer is due; empty when there is none. */
  OptionalLong nextDue() {
    return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.element().due());
  }

  /** The probe of the next timer if it is due by now; it is armed again. */
  Optional<ProbeEntry> takeDue(long now) {
    if (queue.isEmpty() || queue.element().due() > now) {
      return Optional.empty();
    }
    Armed armed = queue.remove();
    long next = nextDue(armed.timer(), armed.due(), now);
    queue.add(new Armed(next, armed.number(), armed.timer(), armed.probe()));
    return Optional.of(armed.probe());
  }

  private long nextDue(AttachPoint.Timer timer, long from, long now) {
    long period = Math.max(1, timer.periodNanoseconds());
    long missed = Math.max(0, (now - from) / period);
    long next = from + (missed + 1) * period;
    long spread = timer.randomizeNanoseconds();
    return spread <= 0 ? next : Math.max(now + 1, next + random.nextLong(-spread, spread + 1));
  }
}
