package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.intrinsic.UserHost.KernelNumber;
import dev.tapwright.compiler.runtime.BpfCalls.ProgramLoad;
import dev.tapwright.compiler.target.Helper;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * Memory of the kernel, and what helpers tell, for user-placed handlers: a program that copies it
 * to a map, and that is run when it is asked for ({@code BPF_PROG_TEST_RUN} of a raw tracepoint's
 * program, 5.10).
 */
final class KernelMemory implements AutoCloseable {
  /** Most bytes that are read at once. */
  static final int MOST = 4096;

  private static final int TYPE_RAW_TRACEPOINT = 17;

  // What the program is asked for.
  private static final int BYTES = 0;
  private static final int TEXT = 1;
  private static final int CURRENT_TASK = 2;
  private static final int JIFFIES = 3;

  /** The program's context: address, bytes, and what is asked for. */
  private static final int CONTEXT_SIZE = 3 * Long.BYTES;

  private final BpfCalls bpf;
  private final Descriptors descriptors;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment key = arena.allocate(Integer.BYTES, Integer.BYTES);
  private final MemorySegment value = arena.allocate(MOST, Long.BYTES);
  private final MemorySegment context = arena.allocate(CONTEXT_SIZE, Long.BYTES);
  private final int map;
  private final int program;

  private KernelMemory(SystemCalls systemCalls) throws SystemCallException {
    bpf = new BpfCalls(systemCalls);
    descriptors = new Descriptors(systemCalls);
    map =
        descriptors.add(
            bpf.createMap(
                new MapDefinition("memory", MapType.ARRAY, Integer.BYTES, MOST, 1, 0), 1));
    program =
        descriptors.add(
            bpf.loadProgram(
                new ProgramLoad(
                    "memory", TYPE_RAW_TRACEPOINT, 0, 0, 0, code(map), Optional.empty()),
                MemorySegment.NULL,
                0));
  }

  /** Gets ready to read. */
  static KernelMemory open(SystemCalls systemCalls) throws SystemCallException {
    return new KernelMemory(systemCalls);
  }

  /**
   * The program, in the slots of {@link dev.tapwright.compiler.bpf.code.InstructionEncoder}. It
   * gives what the helper gives.
   */
  private static List<Long> code(int map) {
    return List.of(
        slot(0x79, 3, 1, 0, 0), // r3 = *(u64 *)(r1 + 0)
        slot(0x79, 2, 1, 8, 0), // r2 = *(u64 *)(r1 + 8)
        slot(0x79, 4, 1, 16, 0), // r4 = *(u64 *)(r1 + 16)
        slot(0xb7, 0, 0, 0, -1), // r0 = -1
        slot(0x25, 2, 0, 7, MOST), // if r2 > MOST goto +7
        slot(0x18, 1, 2, 0, map), // r1 = map[0][0] + 0 ll
        0L,
        slot(0xbf, 6, 1, 0, 0), // r6 = r1
        slot(0x15, 4, 0, 6, CURRENT_TASK), // if r4 == 2 goto +6
        slot(0x15, 4, 0, 7, JIFFIES), // if r4 == 3 goto +7
        slot(0x55, 4, 0, 2, 0), // if r4 != 0 goto +2
        slot(0x85, 0, 0, 0, Helper.PROBE_READ_KERNEL.id()),
        slot(0x95, 0, 0, 0, 0), // exit
        slot(0x85, 0, 0, 0, Helper.PROBE_READ_KERNEL_STR.id()),
        slot(0x95, 0, 0, 0, 0),
        slot(0x85, 0, 0, 0, Helper.GET_CURRENT_TASK.id()),
        slot(0x05, 0, 0, 1, 0), // goto +1
        slot(0x85, 0, 0, 0, Helper.JIFFIES64.id()),
        slot(0x7b, 6, 0, 0, 0), // *(u64 *)(r6 + 0) = r0
        slot(0xb7, 0, 0, 0, 0), // r0 = 0
        slot(0x95, 0, 0, 0, 0));
  }

  private static long slot(int opcode, int destination, int source, int offset, int immediate) {
    int low = opcode | destination << 8 | source << 12 | offset << 16;
    return Integer.toUnsignedLong(low) | ((long) immediate << 32);
  }

  /** Bytes at an address; empty where they cannot be read. */
  Optional<byte[]> bytes(long address, int size) throws SystemCallException {
    return run(address, size, BYTES) == 0
        ? Optional.of(value.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE))
        : Optional.empty();
  }

  /** The NUL-terminated string at an address, of at most so many bytes; empty as above. */
  Optional<byte[]> text(long address, int limit) throws SystemCallException {
    int length = run(address, Math.min(limit, MOST - 1) + 1, TEXT);
    return length >= 0
        ? Optional.of(value.asSlice(0, Math.max(0, length - 1)).toArray(ValueLayout.JAVA_BYTE))
        : Optional.empty();
  }

  /** The eight bytes of a number. */
  byte[] number(KernelNumber number) throws SystemCallException {
    run(
        0,
        0,
        switch (number) {
          case CURRENT_TASK -> CURRENT_TASK;
          case JIFFIES -> JIFFIES;
        });
    return value.asSlice(0, Long.BYTES).toArray(ValueLayout.JAVA_BYTE);
  }

  private int run(long address, int size, int request) throws SystemCallException {
    context.setAtIndex(ValueLayout.JAVA_LONG, 0, address);
    context.setAtIndex(ValueLayout.JAVA_LONG, 1, size);
    context.setAtIndex(ValueLayout.JAVA_LONG, 2, request);
    int result = bpf.run(program, context);
    bpf.lookup(map, key, value);
    return result;
  }

  @Override
  public void close() {
    descriptors.close();
    arena.close();
  }
}
