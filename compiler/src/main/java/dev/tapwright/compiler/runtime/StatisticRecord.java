package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.StatisticLayout;
import dev.tapwright.compiler.bpf.StatisticLayout.Buckets;
import dev.tapwright.compiler.machine.Statistic;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A part of a statistic in memory, as {@link StatisticLayout} says. */
final class StatisticRecord {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private StatisticRecord() {}

  /** What a part knows. What is not kept is as of no values. */
  static Statistic.Part read(MemorySegment memory, StatisticLayout layout) {
    long count = memory.get(LONG, StatisticLayout.COUNT);
    List<Statistic.Spread> spreads = new ArrayList<>();
    layout
        .spreads()
        .ifPresent(
            offset -> {
              for (int i = 0; i < StatisticLayout.SPREADS; i++) {
                long place = offset + (long) i * StatisticLayout.SPREAD_SIZE;
                long values = memory.get(LONG, place + StatisticLayout.SPREAD_COUNT);
                if (values != 0) {
                  spreads.add(
                      new Statistic.Spread(
                          values,
                          memory.get(LONG, place + StatisticLayout.SPREAD_MEAN),
                          memory.get(LONG, place + StatisticLayout.SPREAD_SQUARES)));
                }
              }
            });
    List<long[]> histograms = new ArrayList<>();
    for (Buckets buckets : layout.histograms()) {
      histograms.add(
          memory.asSlice(buckets.offset(), (long) buckets.count() * Long.BYTES).toArray(LONG));
    }
    return new Statistic.Part(
        count,
        layout.sum().isPresent() ? memory.get(LONG, layout.sum().getAsInt()) : 0,
        layout.minimum().isPresent()
            ? Long.MAX_VALUE - greatest(memory, layout.minimum().getAsInt(), layout.copies())
            : Long.MAX_VALUE,
        layout.maximum().isPresent()
            ? Long.MIN_VALUE + greatest(memory, layout.maximum().getAsInt(), layout.copies())
            : Long.MIN_VALUE,
        spreads,
        histograms);
  }

  private static long greatest(MemorySegment memory, int offset, int copies) {
    long greatest = 0;
    for (int i = 0; i < copies; i++) {
      long copy = memory.get(LONG, offset + (long) i * Long.BYTES);
      greatest = Long.compareUnsigned(copy, greatest) > 0 ? copy : greatest;
    }
    return greatest;
  }

  /** Stores what a part knows; of its spreads only the first. */
  static void write(MemorySegment memory, StatisticLayout layout, Statistic.Part part) {
    memory.fill((byte) 0);
    memory.set(LONG, StatisticLayout.COUNT, part.count());
    layout.sum().ifPresent(offset -> memory.set(LONG, offset, part.sum()));
    layout.minimum().ifPresent(offset -> memory.set(LONG, offset, Long.MAX_VALUE - part.minimum()));
    layout.maximum().ifPresent(offset -> memory.set(LONG, offset, part.maximum() - Long.MIN_VALUE));
    if (layout.spreads().isPresent() && !part.spreads().isEmpty()) {
      Statistic.Spread spread = part.spreads().getFirst();
      int place = layout.spreads().getAsInt();
      memory.set(LONG, place + StatisticLayout.SPREAD_COUNT, spread.count());
      memory.set(LONG, place + StatisticLayout.SPREAD_MEAN, spread.mean());
      memory.set(LONG, place + StatisticLayout.SPREAD_SQUARES, spread.squares());
    }
    for (int i = 0; i < layout.histograms().size(); i++) {
      Buckets buckets = layout.histograms().get(i);
      long[] counts = part.histograms().get(i);
      for (int bucket = 0; bucket < Math.min(counts.length, buckets.count()); bucket++) {
        memory.set(LONG, buckets.offset() + (long) bucket * Long.BYTES, counts[bucket]);
      }
    }
  }
}
