package dev.tapwright.compiler.analysis;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The order in which global variables are first named, as SystemTap lists them: in the handlers in
 * their order, then in the functions as they are called.
 */
final class UseOrder {
  private UseOrder() {}

  /** The place of each variable that the handlers and what they call name. */
  static IdentityHashMap<VariableCell, Integer> of(Collection<Unit> handlers) {
    IdentityHashMap<VariableCell, Integer> places = new IdentityHashMap<>();
    Set<Unit> seen = new HashSet<>();
    Deque<Unit> pending = new ArrayDeque<>(handlers);
    while (!pending.isEmpty()) {
      Unit unit = pending.remove();
      if (seen.add(unit)) {
        unit.usage().globals().forEach(cell -> places.putIfAbsent(cell, places.size()));
        unit.usage().called().forEach(function -> pending.add(function.unit()));
      }
    }
    return places;
  }
}
