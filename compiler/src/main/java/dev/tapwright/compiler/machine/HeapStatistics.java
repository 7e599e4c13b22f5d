package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A global statistic, or array of statistics, that only user-placed handlers use. A scalar has the
 * one key of no parts.
 */
final class HeapStatistics implements GlobalStore.Statistics {
  private final Map<List<Value>, Statistic> elements = new LinkedHashMap<>();
  private final GlobalDefinition definition;

  HeapStatistics(GlobalDefinition definition) {
    this.definition = definition;
  }

  @Override
  public Optional<Statistic> get(List<Value> key) {
    return Optional.ofNullable(elements.get(key));
  }

  @Override
  public boolean add(List<Value> key, long value) {
    Statistic statistic = elements.get(key);
    if (statistic == null) {
      if (elements.size() >= definition.size()) {
        if (!definition.wraps()) {
          return false;
        }
        elements.remove(elements.keySet().iterator().next());
      }
      statistic = new Statistic(definition);
      elements.put(key, statistic);
    }
    statistic.add(value);
    return true;
  }

  @Override
  public void remove(List<Value> key) {
    elements.remove(key);
  }

  @Override
  public void clear() {
    elements.clear();
  }

  /** The elements, oldest first. */
  @Override
  public Map<List<Value>, Statistic> elements() {
    return Collections.unmodifiableMap(elements);
  }
}
