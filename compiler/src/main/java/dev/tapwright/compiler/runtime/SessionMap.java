package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.SessionLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * The run time's side of {@link SessionLayout}. Where the map cannot be mapped (before 5.5) a
 * change copies the whole element, and may undo a count that a program makes at the same moment.
 */
final class SessionMap {
  private static final long ENDING = 1;

  private static final VarHandle NUMBER = ValueLayout.JAVA_LONG.varHandle();

  private final BpfCalls bpf;
  private final KernelMap map;
  private final MemorySegment key;
  private final MemorySegment value;

  SessionMap(BpfCalls bpf, KernelMap map, Arena arena) {
    this.bpf = bpf;
    this.map = map;
    this.key = arena.allocate(Integer.BYTES, Integer.BYTES);
    this.value =
        map.memory().orElseGet(() -> arena.allocate(map.definition().valueSize(), Long.BYTES));
  }

  /** Tells the programs that the session ends. */
  void setEnding() throws SystemCallException {
    set(SessionLayout.STATE, ENDING);
  }

  /** Whether a program has ended the session. */
  boolean isEnding() throws SystemCallException {
    return get(SessionLayout.STATE) == ENDING;
  }

  /** Faults of programs so far whose event was dropped. */
  long unsentErrors() throws SystemCallException {
    return get(SessionLayout.ERRORS);
  }

  /** Other event records dropped so far. */
  long lostEvents() throws SystemCallException {
    return get(SessionLayout.LOST_EVENTS);
  }

  /** Handlers skipped so far because what they need was in use. */
  long skipped() throws SystemCallException {
    return get(SessionLayout.SKIPPED);
  }

  /** The number of an insertion, which no other has. */
  long nextInsertion() throws SystemCallException {
    if (map.memory().isPresent()) {
      return (long) NUMBER.getAndAdd(value, (long) SessionLayout.INSERTIONS, 1L);
    }
    synchronized (this) {
      long number = get(SessionLayout.INSERTIONS);
      set(SessionLayout.INSERTIONS, number + 1);
      return number;
    }
  }

  /** Tells the programs the target process and the process that runs the session. */
  void setProcesses(long target, long own) throws SystemCallException {
    set(SessionLayout.TARGET_PROCESS, target);
    set(SessionLayout.OWN_PROCESS, own);
  }

  /** Tells the programs which file a program is, by whose processes handlers run. */
  void setProgram(int offset, FileIdentity file) throws SystemCallException {
    set(offset, file.inode());
    set(offset + SessionLayout.DEVICE, file.device());
  }

  /**
   * Notes how far the wall clock is ahead of {@code CLOCK_MONOTONIC}, which {@link System#nanoTime}
   * reads on Linux.
   */
  void refreshRealTimeOffset() throws SystemCallException {
    Instant now = Instant.now();
    long monotonic = System.nanoTime();
    set(
        SessionLayout.REAL_TIME_OFFSET,
        now.getEpochSecond() * 1_000_000_000 + now.getNano() - monotonic);
  }

  private synchronized long get(int offset) throws SystemCallException {
    if (map.memory().isEmpty()) {
      bpf.lookup(map.descriptor(), key, value);
    }
    return value.get(ValueLayout.JAVA_LONG, offset);
  }

  private synchronized void set(int offset, long number) throws SystemCallException {
    if (map.memory().isEmpty()) {
      bpf.lookup(map.descriptor(), key, value);
    }
    value.set(ValueLayout.JAVA_LONG, offset, number);
    if (map.memory().isEmpty()) {
      bpf.update(map.descriptor(), key, value);
    }
  }
}
