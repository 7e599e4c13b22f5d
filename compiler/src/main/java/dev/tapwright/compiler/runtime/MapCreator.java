package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes an object's maps. */
final class MapCreator {
  private final SystemCalls systemCalls;
  private final Arena arena;
  private final Descriptors descriptors;

  /**
   * Prepares.
   *
   * @param arena until when mapped values stay mapped
   * @param descriptors takes the maps' descriptors
   */
  MapCreator(SystemCalls systemCalls, Arena arena, Descriptors descriptors) {
    this.systemCalls = systemCalls;
    this.arena = arena;
    this.descriptors = descriptors;
  }

  KernelMap create(MapDefinition definition) throws SessionException {
    try {
      int descriptor =
          descriptors.add(
              new BpfCalls(systemCalls).createMap(definition, maximumEntries(definition)));
      write(definition, descriptor);
      return new KernelMap(definition, descriptor, memory(definition, descriptor));
    } catch (SystemCallException failure) {
      throw new SessionException(describe(definition, failure));
    }
  }

  private static int maximumEntries(MapDefinition definition) {
    boolean isForEachProcessor =
        definition.type() == MapType.PERF_EVENT_ARRAY && definition.maximumEntries() == 0;
    return isForEachProcessor ? Processors.possibleCount() : definition.maximumEntries();
  }

  private void write(MapDefinition definition, int descriptor)
      throws SystemCallException, SessionException {
    if (definition.contents().isEmpty()) {
      return;
    }
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment key = confined.allocate(Integer.BYTES, Integer.BYTES);
      MemorySegment value = confined.allocate(definition.valueSize(), Long.BYTES);
      byte[] bytes = definition.contents().getBytes(StandardCharsets.ISO_8859_1);
      MemorySegment.copy(bytes, 0, value, ValueLayout.JAVA_BYTE, 0, bytes.length);
      if (!new BpfCalls(systemCalls).update(descriptor, key, value)) {
        throw new SessionException("could not fill map " + definition.name());
      }
      // Formats of bpf_snprintf() have to be constants; read-only maps and freezing came together.
      if (definition.isReadOnly()) {
        new BpfCalls(systemCalls).freeze(descriptor);
      }
    }
  }

  private Optional<MemorySegment> memory(MapDefinition definition, int descriptor)
      throws SystemCallException {
    if (definition.type() != MapType.ARRAY
        || (definition.flags() & MapDefinition.MEMORY_MAPPABLE) == 0) {
      return Optional.empty();
    }
    long elementSize = (definition.valueSize() + 7L) & -8L;
    long size = elementSize * definition.maximumEntries();
    long mapped = (size + SystemCalls.PAGE_SIZE - 1) & -SystemCalls.PAGE_SIZE;
    return Optional.of(systemCalls.map(arena, descriptor, 0, mapped, true));
  }

  private static String describe(MapDefinition definition, SystemCallException failure) {
    String message = "could not create map " + definition.name() + ": " + failure.error().text();
    return switch (failure.error()) {
      case EPERM ->
          Privileges.mayLoadPrograms()
              ? message + " (the limit of locked memory, 'ulimit -l', may be too low)"
              : Privileges.needed();
      case ENOMEM, E2BIG ->
          message
              + " ("
              + definition.maximumEntries()
              + " elements of "
              + definition.valueSize()
              + " bytes)";
      default -> message;
    };
  }
}
