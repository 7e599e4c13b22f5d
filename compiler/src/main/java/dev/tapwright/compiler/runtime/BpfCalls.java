package dev.tapwright.compiler.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.runtime.Architecture.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code bpf(2)}: one method for each command. Offsets are those of {@code union bpf_attr} in the
 * kernel's {@code include/uapi/linux/bpf.h}; what a command does not set is zero, which every
 * kernel takes for absent.
 */
final class BpfCalls {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** Bytes of the union that are passed: up to and with {@code attach_prog_fd}, rounded up. */
  private static final int ATTRIBUTE_SIZE = 128;

  /** {@code BPF_OBJ_NAME_LEN}. */
  private static final int NAME_SIZE = 16;

  private static final int MAP_CREATE = 0;
  private static final int MAP_LOOKUP_ELEM = 1;
  private static final int MAP_UPDATE_ELEM = 2;
  private static final int MAP_DELETE_ELEM = 3;
  private static final int MAP_GET_NEXT_KEY = 4;
  private static final int PROG_LOAD = 5;
  private static final int PROG_TEST_RUN = 10;
  private static final int OBJ_GET_INFO_BY_FD = 15;
  private static final int RAW_TRACEPOINT_OPEN = 17;
  private static final int BTF_LOAD = 18;
  private static final int MAP_FREEZE = 22;
  private static final int MAP_LOOKUP_BATCH = 24;
  private static final int LINK_CREATE = 28;
  private static final int ITER_CREATE = 33;

  /** {@code BPF_NOEXIST}. */
  private static final long NO_EXISTING = 1;

  private static final Set<ErrorNumber> FULL = Set.of(ErrorNumber.E2BIG, ErrorNumber.ENOMEM);
  private static final Set<ErrorNumber> NO_ENTRY = Set.of(ErrorNumber.ENOENT);

  private final SystemCalls systemCalls;

  BpfCalls(SystemCalls systemCalls) {
    this.systemCalls = systemCalls;
  }

  private int call(int command, MemorySegment attribute) throws SystemCallException {
    return (int) systemCalls.call(Call.BPF, command, attribute.address(), ATTRIBUTE_SIZE, 0, 0, 0);
  }

  private static MemorySegment attribute(Arena arena) {
    return arena.allocate(ATTRIBUTE_SIZE, Long.BYTES);
  }

  private static void putName(MemorySegment attribute, long offset, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    int length = Math.min(bytes.length, NAME_SIZE - 1);
    MemorySegment.copy(bytes, 0, attribute, ValueLayout.JAVA_BYTE, offset, length);
  }

  /** Makes a map. The name is left out when the kernel does not know names (before 4.15). */
  int createMap(MapDefinition definition, int maximumEntries) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, definition.type().number());
      attribute.set(INT, 4, definition.keySize());
      attribute.set(INT, 8, definition.valueSize());
      attribute.set(INT, 12, maximumEntries);
      attribute.set(INT, 16, definition.flags());
      putName(attribute, 28, definition.name());
      try {
        return call(MAP_CREATE, attribute);
      } catch (SystemCallException failure) {
        if (failure.error() != ErrorNumber.EINVAL && failure.error() != ErrorNumber.E2BIG) {
          throw failure;
        }
        attribute.asSlice(28, NAME_SIZE).fill((byte) 0);
        return call(MAP_CREATE, attribute);
      }
    }
  }

  /** Makes a map one that user space cannot write to any more, so that programs can trust it. */
  void freeze(int map) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, map);
      call(MAP_FREEZE, attribute);
    }
  }

  private static MemorySegment elementAttribute(
      Arena arena, int map, MemorySegment key, long second) {
    MemorySegment attribute = attribute(arena);
    attribute.set(INT, 0, map);
    attribute.set(LONG, 8, key.address());
    attribute.set(LONG, 16, second);
    return attribute;
  }

  /** Copies the value of a key; false when there is none. */
  boolean lookup(int map, MemorySegment key, MemorySegment value) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      return succeedsUnless(
          NO_ENTRY, MAP_LOOKUP_ELEM, elementAttribute(arena, map, key, value.address()));
    }
  }

  /** Stores the value of a key; false when the map is full, or the kernel has no memory for it. */
  boolean update(int map, MemorySegment key, MemorySegment value) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      return succeedsUnless(
          FULL, MAP_UPDATE_ELEM, elementAttribute(arena, map, key, value.address()));
    }
  }

  /** Stores the value of a key that is not there; false when the map is full. */
  boolean create(int map, MemorySegment key, MemorySegment value) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = elementAttribute(arena, map, key, value.address());
      attribute.set(LONG, 24, NO_EXISTING);
      return succeedsUnless(FULL, MAP_UPDATE_ELEM, attribute);
    } catch (SystemCallException failure) {
      if (failure.error() == ErrorNumber.EEXIST) {
        return true;
      }
      throw failure;
    }
  }

  /** Removes a key; false when there is none. */
  boolean delete(int map, MemorySegment key) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      return succeedsUnless(NO_ENTRY, MAP_DELETE_ELEM, elementAttribute(arena, map, key, 0));
    }
  }

  /**
   * Copies the key after another, or the first after {@link MemorySegment#NULL}; false when there
   * is none.
   */
  boolean nextKey(int map, MemorySegment key, MemorySegment next) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      return succeedsUnless(
          NO_ENTRY, MAP_GET_NEXT_KEY, elementAttribute(arena, map, key, next.address()));
    }
  }

  private boolean succeedsUnless(Set<ErrorNumber> expected, int command, MemorySegment attribute)
      throws SystemCallException {
    try {
      call(command, attribute);
      return true;
    } catch (SystemCallException failure) {
      if (!expected.contains(failure.error())) {
        throw failure;
      }
      return false;
    }
  }

  /**
   * Copies many elements of a hash map at once (5.6).
   *
   * @param from where the last batch ended; {@link MemorySegment#NULL} at first
   * @param end takes where this one ended, 4 bytes
   * @param room how many elements fit into {@code keys} and {@code values}
   * @return how many were copied, and whether they were the last
   */
  Batch lookupBatch(
      int map,
      MemorySegment from,
      MemorySegment end,
      MemorySegment keys,
      MemorySegment values,
      int room)
      throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(LONG, 0, from.address());
      attribute.set(LONG, 8, end.address());
      attribute.set(LONG, 16, keys.address());
      attribute.set(LONG, 24, values.address());
      attribute.set(INT, 32, room);
      attribute.set(INT, 36, map);
      boolean isMore = succeedsUnless(NO_ENTRY, MAP_LOOKUP_BATCH, attribute);
      return new Batch(attribute.get(INT, 32), !isMore);
    }
  }

  /** What a batched lookup copied. */
  record Batch(int count, boolean isLast) {}

  /**
   * What the kernel is told to load a program.
   *
   * @param type of {@code enum bpf_prog_type}
   * @param expectedAttachType of {@code enum bpf_attach_type}; 0 where the type has none
   * @param attachBtfId the function that a tracing program is for; 0 for others
   * @param kernelVersion {@code LINUX_VERSION_CODE}, which kernels before 5.0 want of kprobe
   *     programs
   * @param slots the code with the descriptors of maps in it
   * @param debugInfo the lines that it came from
   */
  record ProgramLoad(
      String name,
      int type,
      int expectedAttachType,
      int attachBtfId,
      int kernelVersion,
      List<Long> slots,
      Optional<ProgramDebugInfo> debugInfo) {
    /** Copies the list. */
    ProgramLoad {
      slots = List.copyOf(slots);
    }
  }

  /**
   * Loads a program.
   *
   * @param log takes the verifier's log, NUL-terminated; {@link MemorySegment#NULL} for none
   */
  int loadProgram(ProgramLoad load, MemorySegment log, int logLevel) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, load.type());
      attribute.set(INT, 4, load.slots().size());
      attribute.set(
          LONG,
          8,
          arena
              .allocateFrom(LONG, load.slots().stream().mapToLong(Long::longValue).toArray())
              .address());
      attribute.set(LONG, 16, arena.allocateFrom("GPL").address());
      if (log.byteSize() > 0) {
        attribute.set(INT, 24, logLevel);
        attribute.set(INT, 28, (int) log.byteSize());
        attribute.set(LONG, 32, log.address());
      }
      attribute.set(INT, 40, load.kernelVersion());
      putName(attribute, 48, load.name());
      attribute.set(INT, 68, load.expectedAttachType());
      if (load.debugInfo().isPresent()) {
        ProgramDebugInfo info = load.debugInfo().get();
        attribute.set(INT, 72, info.btf());
        attribute.set(INT, 76, ProgramDebugInfo.FUNCTION_RECORD_SIZE);
        attribute.set(LONG, 80, integers(arena, info.functions()).address());
        attribute.set(
            INT,
            88,
            info.functions().size() * Integer.BYTES / ProgramDebugInfo.FUNCTION_RECORD_SIZE);
        attribute.set(INT, 92, ProgramDebugInfo.LINE_RECORD_SIZE);
        attribute.set(LONG, 96, integers(arena, info.lines()).address());
        attribute.set(
            INT, 104, info.lines().size() * Integer.BYTES / ProgramDebugInfo.LINE_RECORD_SIZE);
      }
      attribute.set(INT, 108, load.attachBtfId());
      return call(PROG_LOAD, attribute);
    }
  }

  /**
   * How often a program was not run since it was running already on that processor (5.12; 0 before
   * that).
   */
  long recursionMisses(int program) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      // struct bpf_prog_info up to and with recursion_misses.
      MemorySegment info = arena.allocate(216, Long.BYTES);
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, program);
      attribute.set(INT, 4, (int) info.byteSize());
      attribute.set(LONG, 8, info.address());
      call(OBJ_GET_INFO_BY_FD, attribute);
      return info.get(LONG, 208);
    }
  }

  private static MemorySegment integers(Arena arena, List<Integer> integers) {
    return arena.allocateFrom(INT, integers.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Debug information of one program.
   *
   * @param btf descriptor of the loaded BTF
   * @param functions {@code struct bpf_func_info} records
   * @param lines {@code struct bpf_line_info} records
   */
  record ProgramDebugInfo(int btf, List<Integer> functions, List<Integer> lines) {
    /** {@code { u32 instruction, type }}. */
    static final int FUNCTION_RECORD_SIZE = 8;

    /** {@code { u32 instruction, file, text, line << 10 | column }}. */
    static final int LINE_RECORD_SIZE = 16;

    /** Copies the lists. */
    ProgramDebugInfo {
      functions = List.copyOf(functions);
      lines = List.copyOf(lines);
    }
  }

  /**
   * Runs a raw tracepoint's program once (5.10).
   *
   * @param context what it gets as its arguments
   * @return what it gives
   */
  int run(int program, MemorySegment context) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, program);
      attribute.set(INT, 40, (int) context.byteSize());
      attribute.set(LONG, 48, context.address());
      call(PROG_TEST_RUN, attribute);
      return attribute.get(INT, 4);
    }
  }

  /** Loads BTF (4.18). */
  int loadBtf(byte[] data) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      MemorySegment copy = arena.allocate(data.length, Long.BYTES);
      MemorySegment.copy(data, 0, copy, ValueLayout.JAVA_BYTE, 0, data.length);
      attribute.set(LONG, 0, copy.address());
      attribute.set(INT, 16, data.length);
      return call(BTF_LOAD, attribute);
    }
  }

  /**
   * Attaches a program to a raw tracepoint (4.17); an empty name attaches a tracing program where
   * it was loaded for.
   */
  int openRawTracepoint(String name, int program) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      if (!name.isEmpty()) {
        attribute.set(LONG, 0, arena.allocateFrom(name).address());
      }
      attribute.set(INT, 8, program);
      return call(RAW_TRACEPOINT_OPEN, attribute);
    }
  }

  /** Links a program that iterates; gives the link's descriptor. */
  int linkIterator(int program) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, program);
      attribute.set(INT, 8, ProgramLoader.ATTACH_ITERATOR);
      return call(LINK_CREATE, attribute);
    }
  }

  /**
   * Links a program to a hook of the packet filter (6.4); gives the link's descriptor.
   *
   * @param family the protocol, {@code NFPROTO_*}
   */
  int linkPacketHook(int program, int family, int hook, int priority) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, program);
      attribute.set(INT, 8, ProgramLoader.ATTACH_NETFILTER);
      attribute.set(INT, 16, family);
      attribute.set(INT, 20, hook);
      attribute.set(INT, 24, priority);
      return call(LINK_CREATE, attribute);
    }
  }

  /** A descriptor whose reading iterates. */
  int createIterator(int link) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = attribute(arena);
      attribute.set(INT, 0, link);
      return call(ITER_CREATE, attribute);
    }
  }
}
