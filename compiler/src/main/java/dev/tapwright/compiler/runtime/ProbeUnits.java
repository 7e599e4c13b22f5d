package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The performance monitoring units that make kprobes and uprobes file descriptors (4.17). */
final class ProbeUnits {
  /** Bit of {@code config}, as {@code format/retprobe} says: on return instead of on entry. */
  static final long ON_RETURN = 1;

  private ProbeUnits() {}

  /**
   * Where in {@code config} the place of a counter stands, as {@code format/ref_ctr_offset} says.
   */
  static final int COUNTER_SHIFT = 32;

  /** Whether uprobes count those who watch a mark (4.20). */
  static boolean hasCounters() {
    return Files.exists(Path.of("/sys/bus/event_source/devices/uprobe/format/ref_ctr_offset"));
  }

  /** The event type of {@code kprobe} or {@code uprobe}; empty when the kernel has none. */
  static OptionalInt typeOf(String unit) {
    try {
      Path file = Path.of("/sys/bus/event_source/devices", unit, "type");
      return OptionalInt.of(Integer.parseInt(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException absent) {
      return OptionalInt.empty();
    }
  }
}
