package dev.tapwright.compiler.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which functions call which, and go on to which by {@code next}, looked at from the called. */
final class Callers {
  private final Map<FunctionUnit, List<FunctionUnit>> callers = new HashMap<>();

  /** The calls among some functions. */
  Callers(Collection<FunctionUnit> functions) {
    for (FunctionUnit function : functions) {
      function.unit().usage().called().forEach(called -> add(called, function));
      function.nextOverload().ifPresent(called -> add(called, function));
    }
  }

  private void add(FunctionUnit called, FunctionUnit caller) {
    callers.computeIfAbsent(called, key -> new ArrayList<>()).add(caller);
  }

  /** Some functions and all that call one of them, directly or by others. */
  Set<FunctionUnit> reaching(Collection<FunctionUnit> functions) {
    Set<FunctionUnit> reaching = new LinkedHashSet<>(functions);
    Deque<FunctionUnit> pending = new ArrayDeque<>(reaching);
    while (!pending.isEmpty()) {
      for (FunctionUnit caller : callers.getOrDefault(pending.remove(), List.of())) {
        if (reaching.add(caller)) {
          pending.add(caller);
        }
      }
    }
    return reaching;
  }
}
