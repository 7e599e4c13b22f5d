package dev.tapwright.compiler.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a script asks of each statistic: it decides what is kept of the values. */
final class StatisticUses {
  private final Map<Integer, List<HistogramShape>> shapes = new HashMap<>();
  private final Map<Integer, Integer> varianceShifts = new HashMap<>();

  /** The place of a histogram among those of a global. */
  int shape(int global, HistogramShape shape) {
    List<HistogramShape> known = shapes.computeIfAbsent(global, key -> new ArrayList<>());
    if (!known.contains(shape)) {
      known.add(shape);
    }
    return known.indexOf(shape);
  }

  /**
   * Notes how many bits a {@code @variance} scales by.
   *
   * @return false when another scales the same global by others
   */
  boolean noteVarianceShift(int global, int shift) {
    Integer known = varianceShifts.putIfAbsent(global, shift);
    return known == null || known == shift;
  }

  List<HistogramShape> shapes(int global) {
    return shapes.getOrDefault(global, List.of());
  }

  int varianceShift(int global) {
    return varianceShifts.getOrDefault(global, 0);
  }
}
