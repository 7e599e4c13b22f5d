package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.machine.GlobalStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An array that lives in a hash map of its own. */
final class MapArray implements GlobalStore.Array {
  /** Elements that one batched lookup copies at first. */
  private static final int BATCH = 1024;

  private final BpfCalls bpf;
  private final KernelMap map;
  private final GlobalStorage storage;
  private final MemorySegment keyMemory;
  private final MemorySegment nextMemory;
  private final MemorySegment valueMemory;

  MapArray(BpfCalls bpf, KernelMap map, GlobalStorage storage, Arena arena) {
    this.bpf = bpf;
    this.map = map;
    this.storage = storage;
    this.keyMemory = arena.allocate(map.definition().keySize(), Long.BYTES);
    this.nextMemory = arena.allocate(map.definition().keySize(), Long.BYTES);
    this.valueMemory = arena.allocate(map.definition().valueSize(), Long.BYTES);
  }

  @Override
  public Optional<Value> get(List<Value> key) {
    writeKey(key);
    try {
      boolean isThere = bpf.lookup(map.descriptor(), keyMemory, valueMemory);
      return isThere
          ? Optional.of(FieldAccess.read(valueMemory, storage.value()))
          : Optional.empty();
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  @Override
  public boolean put(List<Value> key, Value value) {
    writeKey(key);
    valueMemory.fill((byte) 0);
    FieldAccess.write(valueMemory, storage.value(), value);
    try {
      return bpf.update(map.descriptor(), keyMemory, valueMemory);
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  @Override
  public void remove(List<Value> key) {
    writeKey(key);
    try {
      bpf.delete(map.descriptor(), keyMemory);
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  @Override
  public void clear() {
    try {
      // Programs may add while this removes: what is there when it began is all that it must see.
      for (int left = map.definition().maximumEntries(); left > 0; left--) {
        if (!bpf.nextKey(map.descriptor(), MemorySegment.NULL, keyMemory)) {
          return;
        }
        bpf.delete(map.descriptor(), keyMemory);
      }
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  @Override
  public Stream<GlobalStore.Element> elements() {
    Map<List<Value>, Value> elements = new LinkedHashMap<>();
    try {
      if (!copyInBatches(elements)) {
        copyOneByOne(elements);
      }
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
    return elements.entrySet().stream()
        .map(entry -> new GlobalStore.Element(entry.getKey(), entry.getValue()));
  }

  /** Copies by {@code BPF_MAP_LOOKUP_BATCH}; false when the kernel does not have it. */
  private boolean copyInBatches(Map<List<Value>, Value> elements) throws SystemCallException {
    int keySize = map.definition().keySize();
    int valueSize = map.definition().valueSize();
    int room = Math.max(1, Math.min(BATCH, map.definition().maximumEntries()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment position = arena.allocate(Long.BYTES, Long.BYTES);
      MemorySegment from = MemorySegment.NULL;
      MemorySegment keys = arena.allocate((long) room * keySize, Long.BYTES);
      MemorySegment values = arena.allocate((long) room * valueSize, Long.BYTES);
      while (true) {
        BpfCalls.Batch batch;
        try {
          batch = bpf.lookupBatch(map.descriptor(), from, position, keys, values, room);
        } catch (SystemCallException failure) {
          if (failure.error()
              == ErrorNumber.ENOSPC) { // one bucket of the hash holds more than there is room for
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
          MemorySegment value = values.asSlice((long) index * valueSize, valueSize);
          MemorySegment key = keys.asSlice((long) index * keySize, keySize);
          elements.put(readKey(key), FieldAccess.read(value, storage.value()));
        }
        if (batch.isLast()) {
          return true;
        }
        from = position;
      }
    }
  }

  private void copyOneByOne(Map<List<Value>, Value> elements) throws SystemCallException {
    MemorySegment from = MemorySegment.NULL;
    // A key that is deleted meanwhile sends the walk back to the start: the bound ends it all the
    // same.
    for (long left = 2L * map.definition().maximumEntries(); left > 0; left--) {
      if (!bpf.nextKey(map.descriptor(), from, nextMemory)) {
        return;
      }
      keyMemory.copyFrom(nextMemory);
      from = keyMemory;
      if (bpf.lookup(map.descriptor(), keyMemory, valueMemory)) {
        elements.put(readKey(keyMemory), FieldAccess.read(valueMemory, storage.value()));
      }
    }
  }

  private void writeKey(List<Value> key) {
    keyMemory.fill((byte) 0);
    for (int index = 0; index < key.size(); index++) {
      FieldAccess.write(keyMemory, storage.key().get(index), key.get(index));
    }
  }

  private List<Value> readKey(MemorySegment memory) {
    return storage.key().stream().map(field -> FieldAccess.read(memory, field)).toList();
  }
}
