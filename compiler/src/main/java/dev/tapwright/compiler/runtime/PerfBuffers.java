package dev.tapwright.compiler.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The reader's side of a perf event array, for kernels without ring buffer: one buffer for each
 * processor ({@code include/uapi/linux/perf_event.h}, {@code struct perf_event_mmap_page}). What is
 * there on all processors at one time is put in order of the kernel's clock.
 *
 * <pre>
 *   page 0     1024  u64 head, 1032 u64 tail, which the reader writes
 *   page 1…    the data
 *
 *   record     u32 type, u16 miscellaneous, u16 size with this header, then
 *              sample: u64 time, u32 length, the bytes
 *              lost:   u64 event, u64 how many
 * </pre>
 */
final class PerfBuffers implements EventSource {
  /** Data pages of each processor's buffer; a power of two. */
  private static final int DATA_PAGES = 64;

  private static final long DATA_SIZE = (long) DATA_PAGES * SystemCalls.PAGE_SIZE;
  private static final long HEAD = 1024;
  private static final long TAIL = 1032;
  private static final int RECORD_LOST = 2;
  private static final int RECORD_SAMPLE = 9;
  private static final int HEADER_SIZE = 8;
  private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();

  private final List<Buffer> buffers = new ArrayList<>();

  /** Opens a buffer for each processor that is online, and puts it into the map. */
  PerfBuffers(SystemCalls systemCalls, Arena arena, Descriptors descriptors, int map)
      throws SystemCallException {
    PerfEvents events = new PerfEvents(systemCalls);
    BpfCalls bpf = new BpfCalls(systemCalls);
    PerfEvents.Attribute attribute =
        new PerfEvents.Attribute(
            PerfEvents.TYPE_SOFTWARE,
            PerfEvents.SOFTWARE_BPF_OUTPUT,
            1,
            PerfEvents.SAMPLE_TIME | PerfEvents.SAMPLE_RAW,
            1,
            0,
            0,
            0,
            false);
    for (int processor : Processors.online()) {
      int event = descriptors.add(events.open(attribute, processor));
      MemorySegment memory =
          systemCalls.map(arena, event, 0, SystemCalls.PAGE_SIZE + DATA_SIZE, true);
      buffers.add(new Buffer(event, memory));
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, processor);
      bpf.update(map, key, arena.allocateFrom(ValueLayout.JAVA_INT, event));
      events.enable(event);
    }
  }

  private record Buffer(int event, MemorySegment memory) {}

  private record Sample(long time, MemorySegment bytes) {}

  @Override
  public List<Integer> descriptors() {
    return buffers.stream().map(Buffer::event).toList();
  }

  @Override
  public boolean drain(Consumer consumer) {
    List<Sample> samples = new ArrayList<>();
    buffers.forEach(buffer -> read(buffer.memory(), samples, consumer));
    samples.sort(Comparator.comparingLong(Sample::time));
    samples.forEach(sample -> consumer.accept(sample.bytes()));
    return !samples.isEmpty();
  }

  private static void read(MemorySegment memory, List<Sample> samples, Consumer consumer) {
    long head = (long) POSITION.getAcquire(memory, HEAD);
    long tail = (long) POSITION.get(memory, TAIL);
    while (tail < head) {
      byte[] header = copy(memory, tail, HEADER_SIZE);
      MemorySegment fields = MemorySegment.ofArray(header);
      int type = fields.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
      int size = Short.toUnsignedInt(fields.get(ValueLayout.JAVA_SHORT_UNALIGNED, 6));
      if (size < HEADER_SIZE) {
        break;
      }
      MemorySegment record = MemorySegment.ofArray(copy(memory, tail, size));
      if (type == RECORD_LOST) {
        consumer.lost(record.get(ValueLayout.JAVA_LONG_UNALIGNED, 16));
      } else if (type == RECORD_SAMPLE) {
        int length = record.get(ValueLayout.JAVA_INT_UNALIGNED, 16);
        MemorySegment bytes = record.asSlice(20, length);
        samples.add(new Sample(record.get(ValueLayout.JAVA_LONG_UNALIGNED, 8), bytes));
      }
      tail += size;
    }
    POSITION.setRelease(memory, TAIL, tail);
  }

  /** Copies bytes that may wrap around the end. */
  private static byte[] copy(MemorySegment memory, long position, int length) {
    byte[] bytes = new byte[length];
    long offset = position & (DATA_SIZE - 1);
    int first = (int) Math.min(length, DATA_SIZE - offset);
    long data = SystemCalls.PAGE_SIZE;
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, data + offset, bytes, 0, first);
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, data, bytes, first, length - first);
    return bytes;
  }
}
