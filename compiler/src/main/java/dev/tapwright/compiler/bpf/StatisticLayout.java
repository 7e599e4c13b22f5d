package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.machine.HistogramShape;
import dev.tapwright.compiler.machine.StatisticUses;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What each processor keeps of a statistic: no more than the script asks for. Zeros are a statistic
 * without values.
 *
 * <pre>
 *   offset  0  u64  count
 *              s64  sum
 *              u64  greatest of MAX - value, unsigned: tells the minimum; {@code copies} times
 *              u64  greatest of value - MIN, unsigned: tells the maximum; {@code copies} times
 *              {@link #SPREADS} times:
 *                   u64  1 while a handler changes it
 *                   u64  count of its values
 *                   s64  their mean, scaled
 *                   s64  sum of the squares of their distances from it, scaled
 *              histograms: u64 for each bucket, as many as a power of two
 * </pre>
 *
 * @param sum offset; empty where it is not kept, as the next three
 * @param copies of the least and the greatest, one after the other; the greatest of them counts
 * @param size bytes of it all
 */
public record StatisticLayout(
    OptionalInt sum,
    OptionalInt minimum,
    OptionalInt maximum,
    int copies,
    OptionalInt spreads,
    List<Buckets> histograms,
    int size) {
  /** Copies of the least and the greatest at most. */
  static final int MOST_COPIES = 2;

  /** Offset of the count. */
  public static final int COUNT = 0;

  /** Handlers that may change a statistic within each other on one processor, each its spread. */
  public static final int SPREADS = 4;

  /** Offset of a spread's mark. */
  static final int SPREAD_TAKEN = 0;

  /** Offset of a spread's count. */
  public static final int SPREAD_COUNT = 8;

  /** Offset of a spread's mean. */
  public static final int SPREAD_MEAN = 16;

  /** Offset of a spread's squares. */
  public static final int SPREAD_SQUARES = 24;

  /** Bytes of a spread. */
  public static final int SPREAD_SIZE = 32;

  /** Buckets of {@code @hist_log} that any value can fall into. */
  private static final int LOGARITHMIC = 128;

  /** Copies the list. */
  public StatisticLayout {
    if (copies < 1 || copies > MOST_COPIES) {
      throw new IllegalArgumentException("copies of a figure");
    }
    histograms = List.copyOf(histograms);
  }

  /**
   * A histogram.
   *
   * @param offset of its first bucket
   * @param count how many there are room for, a power of two
   */
  public record Buckets(int offset, int count) {}

  /**
   * What is kept for what a script asks.
   *
   * @param copies of the least and the greatest
   */
  static StatisticLayout of(StatisticUses.Use use, int copies) {
    Room room = new Room();
    return new StatisticLayout(
        room.number(
            use.figures(),
            1,
            StatisticOperator.SUM,
            StatisticOperator.AVERAGE,
            StatisticOperator.VARIANCE),
        room.number(use.figures(), copies, StatisticOperator.MINIMUM),
        room.number(use.figures(), copies, StatisticOperator.MAXIMUM),
        copies,
        use.figures().contains(StatisticOperator.VARIANCE)
            ? OptionalInt.of(room.take(SPREADS * SPREAD_SIZE))
            : OptionalInt.empty(),
        room.histograms(use.histograms()),
        room.used);
  }

  private static final class Room {
    int used = Long.BYTES;

    int take(int bytes) {
      int offset = used;
      used += bytes;
      return offset;
    }

    OptionalInt number(Set<StatisticOperator> figures, int copies, StatisticOperator... needs) {
      for (StatisticOperator operator : needs) {
        if (figures.contains(operator)) {
          return OptionalInt.of(take(copies * Long.BYTES));
        }
      }
      return OptionalInt.empty();
    }

    List<Buckets> histograms(List<HistogramShape> shapes) {
      List<Buckets> histograms = new ArrayList<>();
      for (HistogramShape shape : shapes) {
        int count = shape.isLinear() ? powerOfTwo(shape.buckets()) : LOGARITHMIC;
        histograms.add(new Buckets(take(count * Long.BYTES), count));
      }
      return histograms;
    }

    private static int powerOfTwo(int atLeast) {
      return 1 << (Integer.SIZE - Integer.numberOfLeadingZeros(atLeast - 1));
    }
  }
}
