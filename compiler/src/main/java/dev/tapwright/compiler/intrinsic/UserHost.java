package dev.tapwright.compiler.intrinsic;

import java.util.Optional;

/**
 * What the process that runs a session tells and does for user-placed handlers. Supplied by the run
 * time.
 */
public interface UserHost {
  /** The process that runs the session. */
  long processId();

  /** The thread that runs the handler. */
  long threadId();

  /** Name of that process, at most 15 characters. */
  String processName();

  /** Name of another process, at most 15 characters; empty when there is none of that number. */
  Optional<String> processName(long process);

  /**
   * What a file of {@code /proc/PID} says, such as {@code statm}; empty when there is no such
   * process.
   */
  Optional<String> processFile(long process, String name);

  /** What lies at an address of the kernel; empty when that is not known. */
  Optional<KernelAddress> kernelAddress(long address);

  /**
   * The bytes at an address of the kernel; empty when they cannot be read.
   *
   * @param size 4,096 at most
   */
  Optional<byte[]> kernelMemory(long address, int size);

  /**
   * The NUL-terminated string at an address of the kernel; empty when it cannot be read.
   *
   * @param limit most bytes of it
   */
  Optional<String> kernelText(long address, int limit);

  /**
   * What the kernel tells of itself and of the thread that runs the handler; empty when it cannot
   * be asked.
   */
  Optional<Long> kernelNumber(KernelNumber number);

  /** Starts a command of the shell in the background, as the user who runs the session. */
  void system(String command);

  /** Its real user. */
  long userId();

  /** Its real group. */
  long groupId();

  /** The processor it runs on. */
  long processor();

  /** Wall-clock time, nanoseconds since 1970. */
  long realTimeNanoseconds();

  /**
   * Time since the machine was started, without what it slept: nanoseconds, as {@code
   * bpf_ktime_get_ns()} gives.
   */
  long monotonicNanoseconds();

  /** The process given by {@code -x} or started by {@code -c}; 0 when neither was. */
  long targetProcess();

  /** Ends the session once this handler is done; the handler goes on. */
  void exit();

  /**
   * Sends a line to the session's warnings, with {@code WARNING: } before it and a newline after.
   *
   * @param message one {@code char} of 0 to 255 for each byte (Latin-1)
   */
  void warn(String message);

  /**
   * Sends text to the session's output as it is.
   *
   * @param text one {@code char} of 0 to 255 for each byte (Latin-1)
   */
  void print(String text);

  /**
   * The text of the file whose {@code procfs} handler runs: what was written into it, or what its
   * reader is to get; empty in other handlers.
   */
  String fileText();

  /** Sets that text, as much of it as the file takes. */
  void setFileText(String text);

  /** Something that the kernel is asked for. */
  enum KernelNumber {
    /** The address of the thread's {@code struct task_struct}. */
    CURRENT_TASK,
    /** Ticks of its clock since the machine was started. */
    JIFFIES
  }

  /**
   * A place in the kernel.
   *
   * @param symbol the function that it is in
   * @param offset bytes from where that starts
   * @param size bytes of that, 0 when not known
   * @param module the module that it is in; empty for the kernel itself
   */
  record KernelAddress(String symbol, long offset, long size, String module) {}
}
