package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.runtime.Architecture.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * System calls, by the C library's {@code syscall(2)}: one downcall of one shape for all of them,
 * because each shape costs tens of milliseconds when it is first used. Nothing is linked before the
 * first call, so that a session without kernel programs does not pay for it.
 *
 * <p>Safe for use by several threads.
 */
final class SystemCalls {
  /**
   * Bytes of a page of memory on the architectures known here, but for aarch64 kernels built with
   * larger ones.
   */
  static final int PAGE_SIZE = 4096;

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int RLIMIT_MEMLOCK = 8;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLLIN = 1;

  private final Architecture architecture;
  private final ThreadLocal<MemorySegment> capturedState =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Native.STATE));

  private static final long CURRENT_FOLDER = -100; // AT_FDCWD
  private static final long NAMED_PIPE = 0010000; // S_IFIFO

  private SystemCalls(Architecture architecture) {
    this.architecture = architecture;
  }

  /**
   * The system calls of this machine.
   *
   * @throws UnsupportedMachineException when their numbers are not known
   */
  static SystemCalls open() throws UnsupportedMachineException {
    return new SystemCalls(Architecture.current().orElseThrow(UnsupportedMachineException::new));
  }

  /** This machine is not one whose system calls are known. */
  static final class UnsupportedMachineException extends Exception {
    private static final long serialVersionUID = 1;

    UnsupportedMachineException() {
      super("kernel probes need Linux on x86-64 or aarch64");
    }
  }

  /** Linked on first use. */
  @SuppressWarnings("restricted")
  private static final class Native {
    static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    static final MethodHandle SYSCALL;

    static {
      Linker linker = Linker.nativeLinker();
      ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
      SYSCALL =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(number, number, number, number, number, number, number, number),
              Linker.Option.firstVariadicArg(1),
              Linker.Option.captureCallState("errno"));
    }
  }

  /** Makes a call; a result of -1 is its failure. */
  long call(Call call, long first, long second, long third, long fourth, long fifth, long sixth)
      throws SystemCallException {
    MemorySegment state = capturedState.get();
    long result;
    try {
      result =
          (long)
              Native.SYSCALL.invokeExact(
                  state,
                  (long) architecture.numberOf(call),
                  first,
                  second,
                  third,
                  fourth,
                  fifth,
                  sixth);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
    if (result == -1) {
      throw new SystemCallException(
          call.name().toLowerCase(java.util.Locale.ROOT), (int) Native.ERRNO.get(state, 0L));
    }
    return result;
  }

  /** Reads some bytes of a file, which nobody wants; gives how many, 0 at its end. */
  long discard(int descriptor) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      long memory = arena.allocate(PAGE_SIZE).address();
      return call(Call.READ, descriptor, memory, PAGE_SIZE, 0, 0, 0);
    }
  }

  /** Closes a file descriptor. A failure changes nothing for the caller: the descriptor is gone. */
  void close(int descriptor) {
    try {
      call(Call.CLOSE, descriptor, 0, 0, 0, 0, 0);
    } catch (SystemCallException alreadyGone) {
      // Linux releases the descriptor whatever close(2) answers.
    }
  }

  /** Maps a file's memory, shared, until the arena closes. */
  @SuppressWarnings("restricted")
  MemorySegment map(Arena arena, int descriptor, long offset, long length, boolean isWritable)
      throws SystemCallException {
    int protection = isWritable ? PROT_READ | PROT_WRITE : PROT_READ;
    long address = call(Call.MMAP, 0, length, protection, MAP_SHARED, descriptor, offset);
    return MemorySegment.ofAddress(address).reinterpret(length, arena, this::unmap);
  }

  private void unmap(MemorySegment mapped) {
    try {
      call(Call.MUNMAP, mapped.address(), mapped.byteSize(), 0, 0, 0, 0);
    } catch (SystemCallException fault) {
      throw new AssertionError(fault);
    }
  }

  /** {@code ioctl(2)}. */
  void control(int descriptor, long request, long argument) throws SystemCallException {
    call(Call.IOCTL, descriptor, request, argument, 0, 0, 0);
  }

  /** Makes a pipe with a name, which its owner may read and write: {@code mkfifo(3)}. */
  void makeNamedPipe(String path) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      call(Call.MKNODAT, CURRENT_FOLDER, name, NAMED_PIPE | 0600, 0, 0, 0);
    }
  }

  /** An event counter that a poll waits for: {@code eventfd2(2)}. */
  int openEventCounter() throws SystemCallException {
    return (int) call(Call.EVENTFD2, 0, CLOSE_ON_EXEC, 0, 0, 0, 0);
  }

  /** Adds one to an event counter, which wakes those that wait for it. */
  void signal(int eventCounter) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
      call(Call.WRITE, eventCounter, one.address(), Long.BYTES, 0, 0, 0);
    }
  }

  /** A set of descriptors to wait for: {@code epoll_create1(2)}. */
  int openPoll() throws SystemCallException {
    return (int) call(Call.EPOLL_CREATE1, CLOSE_ON_EXEC, 0, 0, 0, 0, 0);
  }

  /** Adds a descriptor that is waited for until it can be read. */
  void addToPoll(int poll, int descriptor) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      // struct epoll_event is { u32 events; u64 data }, packed on x86-64 alone; the data is not
      // used.
      MemorySegment event = arena.allocate(16);
      event.set(ValueLayout.JAVA_INT, 0, EPOLLIN);
      call(Call.EPOLL_CTL, poll, EPOLL_CTL_ADD, descriptor, event.address(), 0, 0);
    }
  }

  /** Waits until a descriptor of the set can be read, a signal came, or the time is over. */
  void poll(int poll, int milliseconds) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate(16, 8);
      call(Call.EPOLL_PWAIT, poll, events.address(), 1, milliseconds, 0, 8);
    } catch (SystemCallException failure) {
      if (failure.error() != ErrorNumber.EINTR) {
        throw failure;
      }
    }
  }

  /**
   * Raises the limit of locked memory as far as it goes, which maps are charged to before 5.11.
   * Where it cannot be raised the creation of a map says whether it was needed.
   */
  void raiseLockedMemoryLimit() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(16, 8); // struct rlimit64 { u64 current, maximum }
      limit.set(ValueLayout.JAVA_LONG, 0, -1);
      limit.set(ValueLayout.JAVA_LONG, 8, -1);
      try {
        call(Call.PRLIMIT64, 0, RLIMIT_MEMLOCK, limit.address(), 0, 0, 0);
      } catch (SystemCallException notAllowed) {
        call(Call.PRLIMIT64, 0, RLIMIT_MEMLOCK, 0, limit.address(), 0, 0);
        limit.set(ValueLayout.JAVA_LONG, 0, limit.get(ValueLayout.JAVA_LONG, 8));
        call(Call.PRLIMIT64, 0, RLIMIT_MEMLOCK, limit.address(), 0, 0, 0);
      }
    } catch (SystemCallException notAllowed) {
      // The limit stays as it is.
    }
  }
}
