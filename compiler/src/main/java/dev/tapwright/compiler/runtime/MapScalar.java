package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.machine.GlobalStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A scalar that lives in a part of the one element of an array map. */
final class MapScalar implements GlobalStore.Scalar {
  private final BpfCalls bpf;
  private final KernelMap map;
  private final GlobalStorage storage;
  private final MemorySegment key;
  private final MemorySegment element;

  MapScalar(BpfCalls bpf, KernelMap map, GlobalStorage storage, Arena arena) {
    this.bpf = bpf;
    this.map = map;
    this.storage = storage;
    this.key = arena.allocate(Integer.BYTES, Integer.BYTES);
    this.element =
        map.memory().orElseGet(() -> arena.allocate(map.definition().valueSize(), Long.BYTES));
  }

  @Override
  public Value get() {
    load();
    return FieldAccess.read(element, storage.value());
  }

  @Override
  public void set(Value value) {
    load();
    FieldAccess.write(element, storage.value(), value);
    if (map.memory().isEmpty()) {
      try {
        bpf.update(map.descriptor(), key, element);
      } catch (SystemCallException fault) {
        throw new MapFault(map, fault);
      }
    }
  }

  private void load() {
    if (map.memory().isEmpty()) {
      try {
        bpf.lookup(map.descriptor(), key, element);
      } catch (SystemCallException fault) {
        throw new MapFault(map, fault);
      }
    }
  }
}
