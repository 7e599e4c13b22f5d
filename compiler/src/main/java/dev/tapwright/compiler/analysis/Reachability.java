package dev.tapwright.compiler.analysis;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which functions are called, directly or by others. */
final class Reachability {
  private Reachability() {}

  /** The functions that some handlers reach, in the order of discovery. */
  static Set<FunctionUnit> from(Collection<Unit> handlers) {
    Set<FunctionUnit> reached = new LinkedHashSet<>();
    Deque<FunctionUnit> pending = new ArrayDeque<>();
    handlers.forEach(handler -> pending.addAll(handler.usage().called()));
    while (!pending.isEmpty()) {
      FunctionUnit function = pending.pop();
      if (reached.add(function)) {
        pending.addAll(function.unit().usage().called());
        function.nextOverload().ifPresent(pending::add);
      }
    }
    return reached;
  }
}
