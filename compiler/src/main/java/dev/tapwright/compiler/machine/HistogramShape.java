package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/**
 * The buckets of a histogram.
 *
 * <p>Linear: one bucket for what is less than {@code low}, one of width {@code step} from each of
 * {@code low}, {@code low + step} … up to and with {@code high}, and one for what is more.
 *
 * <p>Logarithmic: 64 buckets on each side of 0 that begin at powers of two, and one for 0.
 *
 * @param isLinear which of the two; the other has no low, high and step
 */
public record HistogramShape(boolean isLinear, long low, long high, long step) {
  /** As many as SystemTap allows. */
  public static final int MOST_BUCKETS = 2048;

  private static final int LOGARITHMIC_ZERO = 64;

  /** Checks that there are neither too many buckets nor too few. */
  public HistogramShape {
    if (isLinear
        && (step < 1 || high < low || high - low < 0 || (high - low) / step + 3 > MOST_BUCKETS)) {
      throw new IllegalArgumentException("buckets of a histogram");
    }
  }

  /** {@code @hist_log}. */
  static HistogramShape logarithmic() {
    return new HistogramShape(false, 0, 0, 1);
  }

  /** What the script writes; empty when there would be too many buckets or too few. */
  public static Optional<HistogramShape> of(Expression.Histogram histogram) {
    try {
      return Optional.of(
          histogram
              .linear()
              .map(
                  b ->
                      new HistogramShape(true, b.low().value(), b.high().value(), b.step().value()))
              .orElseGet(HistogramShape::logarithmic));
    } catch (IllegalArgumentException bad) {
      return Optional.empty();
    }
  }

  /** How many there are, with those for what is too little and too much. */
  public int buckets() {
    return isLinear ? (int) ((high - low) / step) + 3 : 2 * LOGARITHMIC_ZERO + 1;
  }

  /** The bucket that a value falls into. */
  int bucketOf(long value) {
    if (isLinear) {
      if (value < low) {
        return 0;
      }
      // Unsigned: the distance of far numbers has 64 bits.
      long place = Long.divideUnsigned(value - low, step);
      return Long.compareUnsigned(place, buckets() - 2L) >= 0 ? buckets() - 1 : (int) place + 1;
    }
    if (value == 0) {
      return LOGARITHMIC_ZERO;
    }
    int power =
        64 - Long.numberOfLeadingZeros(value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value));
    return value > 0 ? LOGARITHMIC_ZERO + power : LOGARITHMIC_ZERO - power;
  }

  /** The least magnitude that falls into a bucket. */
  long start(int bucket) {
    if (isLinear) {
      return low + (bucket - 1) * step;
    }
    int power = bucket - LOGARITHMIC_ZERO;
    return power == 0 ? 0 : power > 0 ? 1L << (power - 1) : -(1L << (-power - 1));
  }
}
