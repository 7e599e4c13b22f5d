package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A global statistic, or array of statistics, that only user-placed handlers use. A scalar has the
 * one key of no parts.
 */
final class HeapStatistics {
  private final Map<List<Value>, Statistic> elements = new LinkedHashMap<>();
  private final GlobalDefinition definition;

  HeapStatistics(GlobalDefinition definition) {
    this.definition = definition;
  }

  /** The statistic of a key, if any value was ever added to it. */
  Optional<Statistic> get(List<Value> key) {
    return Optional.ofNullable(elements.get(key));
  }

  /**
   * Adds a value.
   *
   * @return false when the array is full
   */
  boolean add(List<Value> key, long value) {
    Statistic statistic = elements.get(key);
    if (statistic == null) {
      if (elements.size() >= definition.size()) {
        if (!definition.wraps()) {
          return false;
        }
        elements.remove(elements.keySet().iterator().next());
      }
      statistic = new Statistic(definition.histograms(), definition.varianceShift());
      elements.put(key, statistic);
    }
    statistic.add(value);
    return true;
  }

  /** The elements, oldest first. */
  Map<List<Value>, Statistic> view() {
    return elements;
  }
}
