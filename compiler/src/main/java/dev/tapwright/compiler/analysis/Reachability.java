package dev.tapwright.compiler.analysis;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which functions are called, directly or by others. */
final class Reachability {
  private Reachability() {}

  /** The functions that some handlers reach, in the order of discovery. */
  static Set<FunctionUnit> from(Collection<Unit> handlers) {
    return from(handlers, function -> function.nextOverload().stream().toList());
  }

  /** The same, with all overloads of each, whether a {@code next} goes on to them or not. */
  static Set<FunctionUnit> withOverloads(Collection<Unit> handlers) {
    return from(handlers, FunctionUnit::overloads);
  }

  private static Set<FunctionUnit> from(
      Collection<Unit> handlers, Function<FunctionUnit, List<FunctionUnit>> others) {
    Set<FunctionUnit> reached = new LinkedHashSet<>();
    Deque<FunctionUnit> pending = new ArrayDeque<>();
    handlers.forEach(handler -> pending.addAll(handler.usage().called()));
    while (!pending.isEmpty()) {
      FunctionUnit function = pending.pop();
      if (reached.add(function)) {
        pending.addAll(function.unit().usage().called());
        pending.addAll(others.apply(function));
      }
    }
    return reached;
  }
}
