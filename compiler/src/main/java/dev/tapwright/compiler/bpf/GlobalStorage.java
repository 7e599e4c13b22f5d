package dev.tapwright.compiler.bpf;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where a global variable lives that kernel handlers use: in a map, a scalar as a part of the one
 * element of an array map, an array as a hash map of its own.
 *
 * @param global its place in the program's globals
 * @param map its place in {@link KernelCode#maps()}
 * @param births of an array that wraps, the map that has the same keys and the number of the
 *     insertion of each
 * @param key the parts of an array's key, in order; empty for a scalar
 * @param value the value
 */
public record GlobalStorage(int global, int map, OptionalInt births, List<Field> key, Field value) {
  /** Copies the list. */
  public GlobalStorage {
    key = List.copyOf(key);
  }

  /** A global that does not wrap. */
  public GlobalStorage(int global, int map, List<Field> key, Field value) {
    this(global, map, OptionalInt.empty(), key, value);
  }

  /** Whether it is an array. */
  public boolean isArray() {
    return !key.isEmpty();
  }

  /** A part of a map's key or value. */
  public sealed interface Field {
    /** Where it begins, bytes. */
    int offset();

    /** 8 bytes. */
    record Number(int offset) implements Field {}

    /**
     * A string, NUL-terminated and padded with NULs, so that equal strings are equal bytes.
     *
     * @param capacity bytes with the NUL
     */
    record Text(int offset, int capacity) implements Field {}

    /**
     * A statistic: what each processor keeps of it.
     *
     * @param additions the map with what user-placed handlers add, if they do: of the same keys and
     *     layout, with one value for all processors
     */
    record Statistic(StatisticLayout layout, OptionalInt additions) implements Field {
      @Override
      public int offset() {
        return 0;
      }
    }
  }
}
