package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.StatisticLayout;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.machine.GlobalDefinition;
import dev.tapwright.compiler.machine.GlobalStore;
import dev.tapwright.compiler.machine.Statistic;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statistic, or an array of them, that lives in maps: one with a part for each processor, which
 * kernel handlers add to, and one for what the machine adds, if it does. Whether there is an
 * element is told by the first.
 */
final class MapStatistics implements GlobalStore.Statistics {
  private final BpfCalls bpf;
  private final KernelMap parts;
  private final Optional<KernelMap> additions;
  private final StatisticLayout layout;
  private final GlobalDefinition definition;
  private final MapKey key;
  private final MemorySegment values;
  private final MemorySegment added;
  private final Optional<Births> births;

  MapStatistics(
      BpfCalls bpf,
      KernelMap parts,
      Optional<KernelMap> additions,
      GlobalStorage storage,
      StatisticLayout layout,
      GlobalDefinition definition,
      Optional<Births> births,
      Arena arena) {
    this.bpf = bpf;
    this.births = births;
    this.parts = parts;
    this.additions = additions;
    this.layout = layout;
    this.definition = definition;
    this.key = new MapKey(storage, parts, arena);
    this.values = arena.allocate(parts.copiedValueSize(), Long.BYTES);
    this.added = arena.allocate(parts.definition().valueSize(), Long.BYTES);
  }

  @Override
  public Optional<Statistic> get(List<Value> element) {
    MemorySegment bytes = key.write(element);
    try {
      if (!bpf.lookup(parts.descriptor(), bytes, values)) {
        return Optional.empty();
      }
      return statistic(bytes, values);
    } catch (SystemCallException fault) {
      throw new MapFault(parts, fault);
    }
  }

  /** What all processors and the machine know; empty when it has no values, or not yet. */
  private Optional<Statistic> statistic(MemorySegment bytes, MemorySegment ofProcessors)
      throws SystemCallException {
    Statistic statistic = new Statistic(definition);
    int size = parts.definition().valueSize();
    for (long offset = 0; offset < ofProcessors.byteSize(); offset += size) {
      statistic.include(StatisticRecord.read(ofProcessors.asSlice(offset, size), layout));
    }
    if (additions.isPresent() && bpf.lookup(additions.get().descriptor(), bytes, added)) {
      statistic.include(StatisticRecord.read(added, layout));
    }
    return statistic.isEmpty() ? Optional.empty() : Optional.of(statistic);
  }

  @Override
  public boolean add(List<Value> element, long value) {
    if (additions.isEmpty()) {
      // Only a damaged object adds what its compiler did not see.
      return false;
    }
    KernelMap map = additions.get();
    MemorySegment bytes = key.write(element);
    try {
      if (parts.definition().type() == MapType.PERCPU_HASH
          && !bpf.lookup(parts.descriptor(), bytes, values)) {
        values.fill((byte) 0);
        if (births.isPresent()) {
          births.get().add(bytes, () -> bpf.create(parts.descriptor(), bytes, values));
        } else if (!bpf.create(parts.descriptor(), bytes, values)) {
          return false;
        }
      }
      Statistic statistic = new Statistic(definition);
      if (bpf.lookup(map.descriptor(), bytes, added)) {
        statistic.include(StatisticRecord.read(added, layout));
      }
      statistic.add(value);
      StatisticRecord.write(added, layout, statistic.part());
      return bpf.update(map.descriptor(), bytes, added);
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
      bpf.delete(parts.descriptor(), bytes);
      if (additions.isPresent()) {
        bpf.delete(additions.get().descriptor(), bytes);
      }
    } catch (SystemCallException fault) {
      throw new MapFault(parts, fault);
    }
  }

  @Override
  public void clear() {
    births.ifPresent(Births::clear);
    new MapElements(bpf, parts).clear();
    additions.ifPresent(map -> new MapElements(bpf, map).clear());
  }

  @Override
  public Map<List<Value>, Statistic> elements() {
    Map<List<Value>, Statistic> elements = new LinkedHashMap<>();
    new MapElements(bpf, parts)
        .each(
            (bytes, ofProcessors) -> {
              try {
                statistic(bytes, ofProcessors)
                    .ifPresent(statistic -> elements.put(key.read(bytes), statistic));
              } catch (SystemCallException fault) {
                throw new MapFault(parts, fault);
              }
            });
    return elements;
  }
}
