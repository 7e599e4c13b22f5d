package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.List;

/** What is known of the values that {@code <<<} added. At least one has been. */
final class Statistic {
  private final List<HistogramShape> shapes;
  private final long[][] histograms;
  private final int varianceShift;
  private long count;
  private long sum;
  private long minimum = Long.MAX_VALUE;
  private long maximum = Long.MIN_VALUE;

  /** Scaled by the shift. */
  private long mean;

  /** Sum of the squares of distances from the mean, scaled by twice the shift. */
  private long squares;

  /**
   * A statistic without values.
   *
   * @param varianceShift how many bits the mean is scaled by
   */
  Statistic(List<HistogramShape> shapes, int varianceShift) {
    this.shapes = shapes;
    this.varianceShift = varianceShift;
    this.histograms = new long[shapes.size()][];
    for (int i = 0; i < histograms.length; i++) {
      histograms[i] = new long[shapes.get(i).buckets()];
    }
  }

  void add(long value) {
    count++;
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
    // Welford's method in whole numbers, as the manual describes.
    long scaled = value << varianceShift;
    long distance = scaled - mean;
    mean += distance / count;
    squares += distance * (scaled - mean);
    for (int i = 0; i < histograms.length; i++) {
      histograms[i][shapes.get(i).bucketOf(value)]++;
    }
  }

  /** One of its figures. */
  long figure(StatisticOperator operator) {
    return switch (operator) {
      case COUNT -> count;
      case SUM -> sum;
      case MINIMUM -> minimum;
      case MAXIMUM -> maximum;
      case AVERAGE -> sum / count;
      case VARIANCE -> variance();
    };
  }

  /**
   * SystemTap keeps a mean for each processor and puts them together in the end, about the exact
   * mean. So does this, with one: the values 1 to 5 have 12, as its manual shows, and 2 with a
   * shift of 1.
   */
  private long variance() {
    if (count < 2) {
      return 0;
    }
    long distance = mean - (sum << varianceShift) / count;
    long ofAll = (squares / (count - 1)) * (count - 1) + count * distance * distance;
    return (ofAll / (count - 1)) >> (2 * varianceShift);
  }

  /** How many values fell into each bucket of one of its histograms. */
  long[] histogram(int shape) {
    return histograms[shape];
  }
}
