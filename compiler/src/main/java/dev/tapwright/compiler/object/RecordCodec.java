package dev.tapwright.compiler.object;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Trees of records as bytes. A tree may hold records, enums, sealed interfaces of these, {@code
 * List}, {@code Set}, {@code Map}, {@code Optional} and its kin, strings, and numbers; never null.
 * The types are those of the record's components, so that no name of a class stands in the bytes
 * and none can be smuggled in.
 *
 * <pre>
 *   number    7 bits a byte, lowest first, the highest bit says that more follow; signed numbers zigzag
 *   string    0, its length times two plus one if it is wide, 1 or 2 bytes a character; or n: the n-th string again
 *   list      number of elements, elements;   optional: as a list of one or none
 *   sealed    place of the record among those permitted, the record
 *   record    its components in order; one byte 0 if it has none
 *   enum      place of the constant
 *   where a record, sealed interface or enum stands first: before it 4 bytes {@link RecordShape#number}
 * </pre>
 */
final class RecordCodec {
  /** Levels of nesting; what is deeper would exhaust the stack of who walks it. */
  static final int DEEPEST = 1000;

  /**
   * Bytes of stack in which a walk to the deepest level has room, however its methods are compiled:
   * an interpreted level takes about one KiB, and a thread may have no more than that for all.
   */
  private static final long STACK = 16L << 20;

  private RecordCodec() {}

  /** Writes a tree whose root is of that type. */
  static byte[] encode(Record root) {
    try {
      return walk(() -> new RecordEncoder().encode(root));
    } catch (RecordCodecException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads a tree back. */
  static <T extends Record> T decode(byte[] bytes, int start, int end, Class<T> type)
      throws RecordCodecException {
    return walk(() -> new RecordDecoder(bytes, start, end).decode(type));
  }

  /** Does the work in a thread that has the stack for it. */
  private static <T> T walk(Callable<T> work) throws RecordCodecException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().name("records").daemon().stackSize(STACK).start(task);
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException later) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RecordCodecException declared -> throw declared;
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw new IllegalStateException(failure);
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
