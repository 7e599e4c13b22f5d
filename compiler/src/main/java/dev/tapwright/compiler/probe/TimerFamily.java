package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code timer.UNIT(N)} and {@code timer.UNIT(N).randomize(M)}.
 *
 * <p>The bounds are SystemTap's: between 100 microseconds and a day, whatever the unit.
 */
final class TimerFamily implements ProbeFamily {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;
  private static final long SHORTEST = 100_000;

  /** {@code CONFIG_HZ} of most distributions' kernels, where the target does not say its own. */
  private static final long USUAL_TICKS_PER_SECOND = 250;

  private static final long MOST_JIFFIES = 1_000_000;

  @Override
  public List<ProbePattern> patterns() {
    List<ProbePattern> patterns = new ArrayList<>();
    for (Unit unit : Unit.values()) {
      patterns.add(
          ProbePattern.of("timer." + unit.spelling + "(number)", "Every N " + unit.plural));
      patterns.add(
          ProbePattern.of(
              "timer." + unit.spelling + "(number).randomize(number)",
              "Every N " + unit.plural + ", plus or minus a random part of up to M"));
    }
    patterns.add(ProbePattern.of("timer.hz(number)", "N times a second"));
    return patterns;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    String name = point.components().get(1).name();
    long value = point.number(1);
    if (name.equals("hz")) {
      return resolveFrequency(point, value);
    }
    Unit unit = Unit.of(name);
    boolean isRandomized = point.components().size() > 2;
    long randomize = isRandomized ? point.number(2) : 0;
    if (unit == Unit.JIFFIES) {
      if (value < 1 || value > MOST_JIFFIES) {
        return Resolution.notFound(ProbeCodes.ARGUMENT, "invalid interval for jiffies timer");
      }
      if (randomize < 0 || randomize > value) {
        return Resolution.notFound(ProbeCodes.ARGUMENT, "invalid randomize for jiffies timer");
      }
    } else {
      long least = Math.max(1, SHORTEST / unit.nanoseconds);
      long most = DAY / unit.nanoseconds;
      if (value < least || value > most) {
        return outOfRange(least, most);
      }
      if (randomize < 0 || randomize > value) {
        return Resolution.notFound(ProbeCodes.ARGUMENT, "randomization value out of range");
      }
    }
    long nanoseconds =
        unit == Unit.JIFFIES ? SECOND / ticksPerSecond(context.target()) : unit.nanoseconds;
    return found(point, value * nanoseconds, randomize * nanoseconds);
  }

  /** How often the kernel's timer ticks. */
  static long ticksPerSecond(Target target) {
    return target
        .kernelConfiguration("CONFIG_HZ")
        .filter(value -> value.matches("[1-9]\\d{0,5}"))
        .map(Long::parseLong)
        .orElse(USUAL_TICKS_PER_SECOND);
  }

  private static Resolution resolveFrequency(ConcretePoint point, long frequency) {
    if (frequency <= 0) {
      return Resolution.notFound(ProbeCodes.ARGUMENT, "frequency must be greater than 0");
    }
    long period = SECOND / frequency;
    return period < SHORTEST ? outOfRange(SHORTEST, DAY) : found(point, period, 0);
  }

  private static Resolution outOfRange(long least, long most) {
    return Resolution.notFound(
        ProbeCodes.ARGUMENT, "interval value out of range (%d, %d)".formatted(least, most));
  }

  private static Resolution found(ConcretePoint point, long period, long randomize) {
    return Resolution.found(
        ProbeMatch.inUserSpace(new AttachPoint.Timer(period, randomize), point.toString()));
  }

  private enum Unit {
    SECONDS("s", "seconds", SECOND),
    SECONDS_LONG("sec", "seconds", SECOND),
    MILLISECONDS("ms", "milliseconds", 1_000_000),
    MILLISECONDS_LONG("msec", "milliseconds", 1_000_000),
    MICROSECONDS("us", "microseconds", 1_000),
    MICROSECONDS_LONG("usec", "microseconds", 1_000),
    NANOSECONDS("ns", "nanoseconds", 1),
    NANOSECONDS_LONG("nsec", "nanoseconds", 1),
    /** As long as the kernel says. */
    JIFFIES("jiffies", "ticks of the kernel's timer", 0);

    private final String spelling;
    private final String plural;
    private final long nanoseconds;

    Unit(String spelling, String plural, long nanoseconds) {
      this.spelling = spelling;
      this.plural = plural;
      this.nanoseconds = nanoseconds;
    }

    private static Unit of(String spelling) {
      for (Unit unit : values()) {
        if (unit.spelling.equals(spelling)) {
          return unit;
        }
      }
      throw new IllegalArgumentException(spelling);
    }
  }
}
