package dev.tapwright.compiler.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * When the elements of an array that wraps were added: a map beside it, with the number of the
 * insertion at each key. Kernel handlers add too; see {@code bpf.WrappingArrays} for how both get
 * along.
 */
final class Births {
  /** Attempts to find room. */
  private static final int ATTEMPTS = 8;

  private final BpfCalls bpf;
  private final KernelMap map;
  private final SessionMap session;
  private final List<KernelMap> others;
  private final MemorySegment number;

  /**
   * Of an array.
   *
   * @param others the maps that have what stands at its keys
   */
  Births(BpfCalls bpf, KernelMap map, SessionMap session, List<KernelMap> others, Arena arena) {
    this.bpf = bpf;
    this.map = map;
    this.session = session;
    this.others = List.copyOf(others);
    this.number = arena.allocate(Long.BYTES, Long.BYTES);
  }

  /** Stores an element; false when there is no room. */
  interface Storing {
    /** Does it. */
    boolean store() throws SystemCallException;
  }

  /**
   * Stores an element that may be new. When kernel handlers take the room as soon as it is made,
   * they are taken to have come right after it, and to have made it the oldest.
   */
  void add(MemorySegment key, Storing element) throws SystemCallException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      number.set(ValueLayout.JAVA_LONG, 0, session.nextInsertion());
      if (!bpf.create(map.descriptor(), key, number) || !element.store()) {
        removeOldest();
      } else if (bpf.lookup(map.descriptor(), key, number)) {
        return;
      }
    }
  }

  /** Removes a key. */
  void remove(MemorySegment key) throws SystemCallException {
    bpf.delete(map.descriptor(), key);
  }

  /** Removes all. */
  void clear() {
    new MapElements(bpf, map).clear();
  }

  private static final class Oldest {
    private long number = -1;
    private Optional<byte[]> key = Optional.empty();

    private void see(MemorySegment element, long candidate) {
      if (Long.compareUnsigned(candidate, number) < 0) {
        number = candidate;
        key = Optional.of(element.toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  private void removeOldest() throws SystemCallException {
    Oldest oldest = new Oldest();
    new MapElements(bpf, map)
        .each((key, value) -> oldest.see(key, value.get(ValueLayout.JAVA_LONG_UNALIGNED, 0)));
    if (oldest.key.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(oldest.key.get().length, Long.BYTES);
      key.copyFrom(MemorySegment.ofArray(oldest.key.get()));
      remove(key);
      for (KernelMap other : others) {
        bpf.delete(other.descriptor(), key);
      }
    }
  }
}
