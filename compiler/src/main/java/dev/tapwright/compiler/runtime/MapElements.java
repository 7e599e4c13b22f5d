package dev.tapwright.compiler.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;

/**
 * All elements of a hash map, copied. Of a per-CPU map a value is one for each processor that the
 * machine can have, one after the other.
 */
final class MapElements {
  /** Bytes of keys and values that one batched lookup copies at first, about. */
  private static final int BATCH_BYTES = 1 << 17;

  private final BpfCalls bpf;
  private final KernelMap map;

  /** Of a map. */
  MapElements(BpfCalls bpf, KernelMap map) {
    this.bpf = bpf;
    this.map = map;
  }

  /** Gives each element's key and value; the same twice when it was moved meanwhile. */
  void each(BiConsumer<MemorySegment, MemorySegment> consumer) {
    try (Arena arena = Arena.ofConfined()) {
      if (!inBatches(arena, consumer)) {
        oneByOne(arena, consumer);
      }
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  /** Removes all that are there when it begins. */
  void clear() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(map.definition().keySize(), Long.BYTES);
      // Programs may add while this removes: what is there when it began is all that it must see.
      for (int left = map.definition().maximumEntries(); left > 0; left--) {
        if (!bpf.nextKey(map.descriptor(), MemorySegment.NULL, key)) {
          return;
        }
        bpf.delete(map.descriptor(), key);
      }
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  /** Copies by {@code BPF_MAP_LOOKUP_BATCH}; false when the kernel does not have it. */
  private boolean inBatches(Arena arena, BiConsumer<MemorySegment, MemorySegment> consumer)
      throws SystemCallException {
    int keySize = map.definition().keySize();
    int valueSize = map.copiedValueSize();
    int room =
        Math.clamp(
            BATCH_BYTES / (keySize + valueSize), 1, Math.max(1, map.definition().maximumEntries()));
    MemorySegment position = arena.allocate(Long.BYTES, Long.BYTES);
    MemorySegment from = MemorySegment.NULL;
    MemorySegment keys = arena.allocate((long) room * keySize, Long.BYTES);
    MemorySegment values = arena.allocate((long) room * valueSize, Long.BYTES);
    while (true) {
      BpfCalls.Batch batch;
      try {
        batch = bpf.lookupBatch(map.descriptor(), from, position, keys, values, room);
      } catch (SystemCallException failure) {
        if (failure.error() == ErrorNumber.ENOSPC) {
          // One bucket of the hash holds more than there is room for.
          room *= 2;
          keys = arena.allocate((long) room * keySize, Long.BYTES);
          values = arena.allocate((long) room * valueSize, Long.BYTES);
          continue;
        }
        if (failure.error() == ErrorNumber.EINVAL || failure.error() == ErrorNumber.ENOTSUPP) {
          return false;
        }
        throw failure;
      }
      for (int index = 0; index < batch.count(); index++) {
        consumer.accept(
            keys.asSlice((long) index * keySize, keySize),
            values.asSlice((long) index * valueSize, valueSize));
      }
      if (batch.isLast()) {
        return true;
      }
      from = position;
    }
  }

  private void oneByOne(Arena arena, BiConsumer<MemorySegment, MemorySegment> consumer)
      throws SystemCallException {
    MemorySegment key = arena.allocate(map.definition().keySize(), Long.BYTES);
    MemorySegment next = arena.allocate(map.definition().keySize(), Long.BYTES);
    MemorySegment value = arena.allocate(map.copiedValueSize(), Long.BYTES);
    MemorySegment from = MemorySegment.NULL;
    // A key that is deleted meanwhile sends the walk back to the start: the bound ends it all the
    // same.
    for (long left = 2L * map.definition().maximumEntries(); left > 0; left--) {
      if (!bpf.nextKey(map.descriptor(), from, next)) {
        return;
      }
      key.copyFrom(next);
      from = key;
      if (bpf.lookup(map.descriptor(), key, value)) {
        consumer.accept(key, value);
      }
    }
  }
}
