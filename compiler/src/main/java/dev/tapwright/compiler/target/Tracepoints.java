package dev.tapwright.compiler.target;

import java.util.List;
import java.util.Optional;

/** The kernel's tracepoints. */
public interface Tracepoints {
  /**
   * Tracepoints whose {@code system:name}, or name alone when the glob has no colon, matches;
   * sorted by both.
   */
  List<Tracepoint> matching(String glob);

  /**
   * The fields of a tracepoint's record, from its {@code format} file; empty where that may not be
   * read.
   */
  default Optional<List<Field>> fields(Tracepoint tracepoint) {
    return Optional.empty();
  }

  /**
   * A field of a tracepoint's record.
   *
   * @param type as written, such as {@code pid_t}, {@code char[16]}, {@code __data_loc char[]}
   * @param offset bytes from the start of the record
   * @param size bytes
   */
  record Field(String name, String type, int offset, int size, boolean isSigned) {}

  /**
   * A tracepoint.
   *
   * @param system the group under tracefs' {@code events}, such as {@code sched}; empty where
   *     tracefs may not be read
   * @param name such as {@code sched_switch}
   */
  record Tracepoint(String system, String name) {}
}
