package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.intrinsic.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The key of a global's element in memory; of a scalar's the number 0. */
final class MapKey {
  private final List<GlobalStorage.Field> parts;
  private final MemorySegment memory;

  MapKey(GlobalStorage storage, KernelMap map, Arena arena) {
    this.parts = storage.key();
    this.memory = arena.allocate(map.definition().keySize(), Long.BYTES);
  }

  /** The bytes of a key; good until the next. */
  MemorySegment write(List<Value> key) {
    memory.fill((byte) 0);
    for (int index = 0; index < key.size(); index++) {
      FieldAccess.write(memory, parts.get(index), key.get(index));
    }
    return memory;
  }

  /** The key that bytes stand for. */
  List<Value> read(MemorySegment bytes) {
    return parts.stream().map(part -> FieldAccess.read(bytes, part)).toList();
  }
}
