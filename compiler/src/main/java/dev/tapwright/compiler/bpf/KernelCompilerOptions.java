package dev.tapwright.compiler.bpf;

import java.util.Map;
import java.util.OptionalInt;

/**
 * Limits that the user may choose with {@code -D}.
 *
 * @param maximumMapEntries {@code MAXMAPENTRIES}: elements of an array that gives no size of its
 *     own
 * @param maximumStringLength {@code MAXSTRINGLEN}: bytes of a string of no known bound, with its
 *     NUL
 * @param maximumActions {@code MAXACTION}: statements that a handler may execute in loops
 * @param maximumNesting function calls within each other ({@code MAXNESTING}), if the user says so
 * @param maximumErrors {@code MAXERRORS}: faults beyond this number end the session
 * @param ringBufferBytes size of the ring buffer, a power of two and whole pages
 */
public record KernelCompilerOptions(
    int maximumMapEntries,
    int maximumStringLength,
    int maximumActions,
    OptionalInt maximumNesting,
    int maximumErrors,
    int ringBufferBytes) {
  private static final int DEFAULT_MAP_ENTRIES = 2048;
  private static final int DEFAULT_STRING_LENGTH = 512;
  private static final int DEFAULT_ACTIONS = 1000;
  private static final int DEFAULT_RING_BUFFER_BYTES = 1 << 20;
  private static final int LARGEST_MAP = 1 << 24;

  /** A byte and the NUL, as in user space. */
  private static final int SMALLEST_STRING = 2;

  private static final int LARGEST_STRING = 1 << 16;

  /** SystemTap's own limits. */
  public static KernelCompilerOptions defaults() {
    return new KernelCompilerOptions(
        DEFAULT_MAP_ENTRIES,
        DEFAULT_STRING_LENGTH,
        DEFAULT_ACTIONS,
        OptionalInt.empty(),
        0,
        DEFAULT_RING_BUFFER_BYTES);
  }

  /** With what {@code -D} says of these limits; values beyond reason are brought back to it. */
  public static KernelCompilerOptions of(Map<String, Long> limits) {
    return new KernelCompilerOptions(
        bounded(limits.getOrDefault("MAXMAPENTRIES", (long) DEFAULT_MAP_ENTRIES), LARGEST_MAP),
        Math.clamp(
            limits.getOrDefault("MAXSTRINGLEN", (long) DEFAULT_STRING_LENGTH),
            SMALLEST_STRING,
            LARGEST_STRING),
        bounded(limits.getOrDefault("MAXACTION", (long) DEFAULT_ACTIONS), Integer.MAX_VALUE),
        limits.containsKey("MAXNESTING")
            ? OptionalInt.of(bounded(limits.get("MAXNESTING"), Integer.MAX_VALUE))
            : OptionalInt.empty(),
        maximumErrors(limits),
        DEFAULT_RING_BUFFER_BYTES);
  }

  /** Faults beyond this number end the session. */
  public static int maximumErrors(Map<String, Long> limits) {
    return Math.clamp(limits.getOrDefault("MAXERRORS", 0L), 0, Integer.MAX_VALUE);
  }

  private static int bounded(long value, int largest) {
    return Math.clamp(value, 1, largest);
  }
}
