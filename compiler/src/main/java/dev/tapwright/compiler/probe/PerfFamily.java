package dev.tapwright.compiler.probe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code perf.type(T).config(C)} with {@code .sample(N)} or {@code .hz(N)}, and {@code
 * timer.profile}: samples of what the processors count, on each of them; with {@code
 * .counter("NAME")} what {@code @perf("NAME")} reads. The numbers are those of {@code
 * include/uapi/linux/perf_event.h}.
 */
final class PerfFamily implements ProbeFamily {
  /** Events between two samples when the point does not say: SystemTap's own number. */
  private static final long USUAL_PERIOD = 1_000_000;

  /** {@code PERF_TYPE_SOFTWARE} and {@code PERF_COUNT_SW_CPU_CLOCK}, which counts nanoseconds. */
  private static final int SOFTWARE = 1;

  private static final int CPU_CLOCK = 0;

  private static final long SECOND = 1_000_000_000L;

  /** {@code kernel.perf_event_max_sample_rate} is far below it everywhere. */
  private static final long MOST_PER_SECOND = 1_000_000;

  @Override
  public List<ProbePattern> patterns() {
    String base = "perf.type(number).config(number)";
    return List.of(
        ProbePattern.of(base, "Every million events that a processor counts"),
        ProbePattern.of(base + ".sample(number)", "Every N events that a processor counts"),
        ProbePattern.of(base + ".hz(number)", "About N times a second on each processor"),
        ProbePattern.of(base + ".counter(string)", "Counts events for @perf, and runs no handler"),
        ProbePattern.of(
            base + ".process(string).counter(string)",
            "Counts events of a program's processes for @perf, and runs no handler"),
        ProbePattern.of("timer.profile", "At every tick of each processor's timer"),
        ProbePattern.of("timer.profile.tick", "The same"),
        ProbePattern.of("timer.profile.freq.hz(number)", "N times a second on each processor"));
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    if (point.components().getFirst().name().equals("timer")) {
      return profile(point, context);
    }
    long type = point.number(1);
    long config = point.number(2);
    if (type < 0 || type > Integer.MAX_VALUE) {
      return Resolution.notFound(ProbeCodes.ARGUMENT, "invalid perf event type");
    }
    if (point.has("counter")) {
      return found(point, counter(point, (int) type, config), context);
    }
    boolean isFrequency = point.has("hz");
    long period = point.components().size() > 3 ? point.number(3) : USUAL_PERIOD;
    if (period < 1 || (isFrequency && period > MOST_PER_SECOND)) {
      return Resolution.notFound(
          ProbeCodes.ARGUMENT,
          isFrequency
              ? "invalid frequency for perf probe"
              : "invalid sample period for perf probe");
    }
    return found(
        point, new AttachPoint.PerfEvent((int) type, config, period, isFrequency), context);
  }

  private static AttachPoint.Counter counter(ConcretePoint point, int type, long config) {
    return point.has("process")
        ? new AttachPoint.Counter(type, config, Optional.of(point.string(3)), point.string(4))
        : new AttachPoint.Counter(type, config, Optional.empty(), point.string(3));
  }

  private static Resolution profile(ConcretePoint point, ResolutionContext context) {
    long frequency =
        point.has("hz") ? point.number(3) : TimerFamily.ticksPerSecond(context.target());
    if (frequency < 1 || frequency > MOST_PER_SECOND) {
      return Resolution.notFound(ProbeCodes.ARGUMENT, "invalid frequency for profile timer");
    }
    return found(
        point, new AttachPoint.PerfEvent(SOFTWARE, CPU_CLOCK, SECOND / frequency, false), context);
  }

  private static Resolution found(
      ConcretePoint point, AttachPoint event, ResolutionContext context) {
    return Resolution.found(
        new ProbeMatch(
            event,
            point.toString(),
            "",
            point.toString(),
            OptionalLong.empty(),
            AttachMethod.of(event, context.target().profile())));
  }
}
