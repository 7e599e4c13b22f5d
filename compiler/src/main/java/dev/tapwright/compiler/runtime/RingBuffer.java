package dev.tapwright.compiler.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * The reader's side of a BPF ring buffer (kernel, {@code Documentation/bpf/ringbuf.rst}, {@code
 * kernel/bpf/ringbuf.c}). All processors write to it, and its order is the order of their
 * reservations. Dropped records are counted by the programs themselves, in the session map.
 *
 * <pre>
 *   page 0     u64 consumer position, which the reader writes
 *   page 1     u64 producer position
 *   page 2…    the data, mapped twice, so that a record never wraps
 *
 *   record     u32 length, bit 31 being written, bit 30 discarded
 *              u32 for the kernel's own use
 *              the bytes, padded to 8
 * </pre>
 */
final class RingBuffer implements EventSource {
  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;
  private static final int HEADER_SIZE = 8;

  private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
  private static final VarHandle LENGTH = ValueLayout.JAVA_INT.varHandle();

  private final int descriptor;
  private final long mask;
  private final MemorySegment consumerPage;
  private final MemorySegment producerPage;
  private final MemorySegment data;

  /**
   * Maps the buffer until the arena closes.
   *
   * @param size bytes: the map's maximum of entries
   */
  RingBuffer(SystemCalls systemCalls, Arena arena, int descriptor, int size)
      throws SystemCallException {
    this.descriptor = descriptor;
    this.mask = size - 1L;
    long page = SystemCalls.PAGE_SIZE;
    this.consumerPage = systemCalls.map(arena, descriptor, 0, page, true);
    this.producerPage = systemCalls.map(arena, descriptor, page, page + 2L * size, false);
    this.data = producerPage.asSlice(page);
  }

  @Override
  public List<Integer> descriptors() {
    return List.of(descriptor);
  }

  @Override
  public boolean drain(Consumer consumer) {
    long position = (long) POSITION.get(consumerPage, 0L);
    boolean any = false;
    while (position < (long) POSITION.getAcquire(producerPage, 0L)) {
      long offset = position & mask;
      int header = (int) LENGTH.getAcquire(data, offset);
      if ((header & BUSY) != 0) {
        break;
      }
      int length = header & ~(BUSY | DISCARDED);
      if ((header & DISCARDED) == 0) {
        consumer.accept(data.asSlice(offset + HEADER_SIZE, length));
        any = true;
      }
      position += (HEADER_SIZE + length + 7L) & -8L;
      POSITION.setRelease(consumerPage, 0L, position);
    }
    return any;
  }
}
