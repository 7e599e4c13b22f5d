package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.MapDefinition;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A map that the kernel holds for this session.
 *
 * @param definition what it was made from
 * @param descriptor its file descriptor
 * @param memory its values, for an array that can be mapped (5.5)
 */
record KernelMap(MapDefinition definition, int descriptor, Optional<MemorySegment> memory) {
  /** Bytes that the kernel copies for a value: of a per-CPU map one for each processor. */
  int copiedValueSize() {
    return switch (definition.type()) {
      case PERCPU_HASH, PERCPU_ARRAY ->
          (definition.valueSize() + 7) / 8 * 8 * Processors.possibleCount();
      default -> definition.valueSize();
    };
  }
}
