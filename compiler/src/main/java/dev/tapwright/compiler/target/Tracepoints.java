package dev.tapwright.compiler.target;

import java.util.List;

/** The kernel's tracepoints. */
public interface Tracepoints {
  /**
   * Tracepoints whose {@code system:name}, or name alone when the glob has no colon, matches;
   * sorted by both.
   */
  List<Tracepoint> matching(String glob);

  /**
   * A tracepoint.
   *
   * @param system the group under tracefs' {@code events}, such as {@code sched}; empty where
   *     tracefs may not be read
   * @param name such as {@code sched_switch}
   */
  record Tracepoint(String system, String name) {}
}
