package dev.tapwright.compiler.runtime;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Where event records come from. */
interface EventSource {
  /** The descriptors that can be read when there is something. */
  List<Integer> descriptors();

  /**
   * Hands over all records that are there, in order.
   *
   * @return whether there was any
   */
  boolean drain(Consumer consumer);

  /** Takes records. */
  interface Consumer {
    /** Takes one record, which is valid during this call only. */
    void accept(MemorySegment event);

    /** Some records were dropped because the buffer was full. */
    void lost(long count);
  }
}
