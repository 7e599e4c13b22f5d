package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A global array that only user-placed handlers use. Keeps its elements in the order in which they
 * came.
 */
final class HeapArray implements GlobalStore.Array {
  private final Map<List<Value>, Value> elements = new LinkedHashMap<>();
  private final int size;
  private final boolean wraps;

  /**
   * An empty array.
   *
   * @param size most elements
   * @param wraps whether the oldest makes place when there are as many
   */
  HeapArray(int size, boolean wraps) {
    this.size = size;
    this.wraps = wraps;
  }

  @Override
  public Optional<Value> get(List<Value> key) {
    return Optional.ofNullable(elements.get(key));
  }

  @Override
  public boolean put(List<Value> key, Value value) {
    if (elements.size() >= size && !elements.containsKey(key)) {
      if (!wraps) {
        return false;
      }
      elements.remove(elements.keySet().iterator().next());
    }
    elements.put(key, value);
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

  @Override
  public Stream<GlobalStore.Element> elements() {
    return elements.entrySet().stream()
        .map(entry -> new GlobalStore.Element(entry.getKey(), entry.getValue()));
  }

  /** The elements, oldest first. */
  Map<List<Value>, Value> view() {
    return elements;
  }
}
