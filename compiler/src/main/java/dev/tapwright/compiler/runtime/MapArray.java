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
  private final BpfCalls bpf;
  private final KernelMap map;
  private final GlobalStorage storage;
  private final MapKey key;
  private final MemorySegment valueMemory;
  private final Optional<Births> births;

  MapArray(
      BpfCalls bpf, KernelMap map, GlobalStorage storage, Optional<Births> births, Arena arena) {
    this.births = births;
    this.bpf = bpf;
    this.map = map;
    this.storage = storage;
    this.key = new MapKey(storage, map, arena);
    this.valueMemory = arena.allocate(map.definition().valueSize(), Long.BYTES);
  }

  @Override
  public Optional<Value> get(List<Value> element) {
    MemorySegment bytes = key.write(element);
    try {
      boolean isThere = bpf.lookup(map.descriptor(), bytes, valueMemory);
      return isThere
          ? Optional.of(FieldAccess.read(valueMemory, storage.value()))
          : Optional.empty();
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  @Override
  public boolean put(List<Value> element, Value value) {
    MemorySegment bytes = key.write(element);
    valueMemory.fill((byte) 0);
    FieldAccess.write(valueMemory, storage.value(), value);
    try {
      if (births.isPresent()) {
        births.get().add(bytes, () -> bpf.update(map.descriptor(), bytes, valueMemory));
        return true;
      }
      return bpf.update(map.descriptor(), bytes, valueMemory);
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  @Override
  public void remove(List<Value> element) {
    MemorySegment bytes = key.write(element);
    try {
      if (births.isPresent()) {
        births.get().remove(bytes);
      }
      bpf.delete(map.descriptor(), bytes);
    } catch (SystemCallException fault) {
      throw new MapFault(map, fault);
    }
  }

  @Override
  public void clear() {
    births.ifPresent(Births::clear);
    new MapElements(bpf, map).clear();
  }

  @Override
  public Stream<GlobalStore.Element> elements() {
    Map<List<Value>, Value> elements = new LinkedHashMap<>();
    new MapElements(bpf, map)
        .each(
            (bytes, value) ->
                elements.put(key.read(bytes), FieldAccess.read(value, storage.value())));
    return elements.entrySet().stream()
        .map(entry -> new GlobalStore.Element(entry.getKey(), entry.getValue()));
  }
}
