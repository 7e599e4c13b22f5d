package dev.tapwright.compiler.bpf;

/**
 * A map that the kernel programs use.
 *
 * @param name as other tools show it; at most 15 characters of {@code [A-Za-z0-9_.]}
 * @param type what kind
 * @param keySize bytes; 0 for a ring buffer
 * @param valueSize bytes; 0 for a ring buffer
 * @param maximumEntries elements; for a ring buffer its size in bytes; 0 for a perf event array:
 *     one for each processor
 * @param flags {@code BPF_F_…} of map creation
 * @param contents the bytes of an array's first element, one {@code char} for each, before any
 *     program runs; empty for zeros
 */
public record MapDefinition(
    String name,
    MapType type,
    int keySize,
    int valueSize,
    int maximumEntries,
    int flags,
    String contents) {
  /** {@code BPF_F_NO_PREALLOC}. */
  public static final int NO_PREALLOCATION = 1;

  /** {@code BPF_F_RDONLY_PROG} (5.2): programs can only read it. */
  public static final int READ_ONLY = 1 << 7;

  /** {@code BPF_F_MMAPABLE} (5.5). */
  public static final int MEMORY_MAPPABLE = 1 << 10;

  /** A map of zeros, or without elements. */
  public MapDefinition(
      String name, MapType type, int keySize, int valueSize, int maximumEntries, int flags) {
    this(name, type, keySize, valueSize, maximumEntries, flags, "");
  }

  /** Whether it is an array of one element that programs only read. */
  public boolean isReadOnly() {
    return (flags & READ_ONLY) != 0;
  }

  /** Kinds of map: the numbers of {@code enum bpf_map_type}. */
  public enum MapType {
    HASH(1),
    ARRAY(2),
    PERF_EVENT_ARRAY(4),
    PERCPU_HASH(5),
    PERCPU_ARRAY(6),
    LRU_HASH(9),
    RINGBUF(27);

    private final int number;

    MapType(int number) {
      this.number = number;
    }

    /** The kernel's number. */
    public int number() {
      return number;
    }
  }
}
