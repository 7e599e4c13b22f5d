package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the values that {@code <<<} added. At least one has been, when a script asks.
 *
 * <p>The values may have been added in several places: each processor of the kernel keeps a part.
 */
public final class Statistic {
  private final List<HistogramShape> shapes;
  private final long[][] histograms;
  private final int varianceShift;

  /** About values that were added elsewhere. */
  private final List<Spread> others = new ArrayList<>();

  private long count;
  private long sum;
  private long minimum = Long.MAX_VALUE;
  private long maximum = Long.MIN_VALUE;

  /** Of the values that were added here. */
  private Spread own = new Spread(0, 0, 0);

  /**
   * How far values lie apart.
   *
   * @param count how many there are
   * @param mean theirs, scaled by the shift
   * @param squares sum of the squares of distances from the mean, scaled by twice the shift
   */
  public record Spread(long count, long mean, long squares) {
    /** With one more value, by Welford's method in whole numbers, as the manual describes. */
    Spread with(long value, int shift) {
      long scaled = value << shift;
      long distance = scaled - mean;
      long next = mean + distance / (count + 1);
      return new Spread(count + 1, next, squares + distance * (scaled - next));
    }
  }

  /**
   * A part of a statistic, or all of it.
   *
   * @param spreads of parts of the values; the first is what is added to
   * @param histograms how many values fell into each bucket
   */
  public record Part(
      long count,
      long sum,
      long minimum,
      long maximum,
      List<Spread> spreads,
      List<long[]> histograms) {
    /** Copies the lists. */
    public Part {
      spreads = List.copyOf(spreads);
      histograms = List.copyOf(histograms);
    }
  }

  /** A statistic without values, of a global. */
  public Statistic(GlobalDefinition definition) {
    this(definition.histograms(), definition.varianceShift());
  }

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

  /** Adds a value. */
  public void add(long value) {
    count++;
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
    own = own.with(value, varianceShift);
    for (int i = 0; i < histograms.length; i++) {
      histograms[i][shapes.get(i).bucketOf(value)]++;
    }
  }

  /** Takes in what another place knows of its values; missing buckets are empty. */
  public void include(Part part) {
    count += part.count();
    sum += part.sum();
    minimum = Math.min(minimum, part.minimum());
    maximum = Math.max(maximum, part.maximum());
    for (Spread spread : part.spreads()) {
      if (own.count() == 0) {
        own = spread;
      } else {
        others.add(spread);
      }
    }
    for (int i = 0; i < Math.min(histograms.length, part.histograms().size()); i++) {
      long[] buckets = part.histograms().get(i);
      for (int bucket = 0; bucket < Math.min(buckets.length, histograms[i].length); bucket++) {
        histograms[i][bucket] += buckets[bucket];
      }
    }
  }

  /** All that is known. */
  public Part part() {
    List<Spread> spreads = new ArrayList<>();
    spreads.add(own);
    spreads.addAll(others);
    return new Part(count, sum, minimum, maximum, spreads, List.of(histograms));
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return count == 0;
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
   * mean. So does this: the values 1 to 5 on one have 12, as its manual shows, and 2 with a shift
   * of 1.
   */
  private long variance() {
    if (count < 2) {
      return 0;
    }
    long average = (sum << varianceShift) / count;
    long ofAll = squaresAround(own, average);
    for (Spread other : others) {
      ofAll += squaresAround(other, average);
    }
    return (ofAll / (count - 1)) >> (2 * varianceShift);
  }

  private static long squaresAround(Spread spread, long average) {
    long within =
        spread.count() < 2 ? 0 : (spread.squares() / (spread.count() - 1)) * (spread.count() - 1);
    long distance = spread.mean() - average;
    return within + spread.count() * distance * distance;
  }

  /** How many values fell into each bucket of one of its histograms. */
  long[] histogram(int shape) {
    return histograms[shape];
  }
}
