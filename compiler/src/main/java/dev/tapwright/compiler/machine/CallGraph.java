package dev.tapwright.compiler.machine;

import java.util.HashMap;
import java.util.HashSet;
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

  private final class Walk {
    private final Map<Integer, Integer> depths = new HashMap<>();
    private final Set<Integer> onPath = new HashSet<>();
    private boolean foundCycle;

    int depthBelow(int function) {
      Integer known = depths.get(function);
      if (known != null) {
        return known;
      }
      onPath.add(function);
      int depth = 0;
      for (int callee : callees.getOrDefault(function, Set.of())) {
        if (onPath.contains(callee)) {
          foundCycle = true;
        } else {
          depth = Math.max(depth, 1 + depthBelow(callee));
        }
      }
      onPath.remove(function);
      depths.put(function, depth);
      return depth;
    }
  }
}
