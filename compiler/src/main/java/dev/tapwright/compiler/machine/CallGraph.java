package dev.tapwright.compiler.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which function calls which. Not for use by several threads. */
public final class CallGraph {
  /** The caller of what handlers call. */
  public static final int HANDLERS = -1;

  private final Map<Integer, Set<Integer>> callees = new HashMap<>();

  /** Notes that one calls another. */
  public void add(int caller, int callee) {
    callees.computeIfAbsent(caller, key -> new LinkedHashSet<>()).add(callee);
  }

  /**
   * How deep calls can nest; where functions call themselves, so deep without that and SystemTap's
   * bonus.
   */
  public int nesting() {
    Walk walk = new Walk();
    int depth = walk.depthBelow(HANDLERS);
    return Math.max(1, depth + (walk.foundCycle ? Limits.RECURSION_BONUS : 0));
  }

  /** Goes through the calls depth first, with a stack of its own: chains of calls may be long. */
  private final class Walk {
    private final Map<Integer, Integer> depths = new HashMap<>();
    private final Set<Integer> onPath = new HashSet<>();
    private boolean foundCycle;

    int depthBelow(int root) {
      Deque<Iterator<Integer>> rest = new ArrayDeque<>();
      Deque<Integer> path = new ArrayDeque<>();
      enter(root, path, rest);
      while (!path.isEmpty()) {
        int function = path.element();
        if (rest.element().hasNext()) {
          int callee = rest.element().next();
          if (onPath.contains(callee)) {
            foundCycle = true;
          } else if (depths.containsKey(callee)) {
            deepen(function, callee);
          } else {
            enter(callee, path, rest);
          }
        } else {
          rest.pop();
          onPath.remove(path.pop());
          depths.putIfAbsent(function, 0);
          if (!path.isEmpty()) {
            deepen(path.element(), function);
          }
        }
      }
      return depths.getOrDefault(root, 0);
    }

    private void enter(int function, Deque<Integer> path, Deque<Iterator<Integer>> rest) {
      path.push(function);
      onPath.add(function);
      rest.push(callees.getOrDefault(function, Set.of()).iterator());
    }

    private void deepen(int caller, int callee) {
      depths.merge(caller, 1 + depths.getOrDefault(callee, 0), Math::max);
    }
  }
}
