package dev.tapwright.compiler.runtime;

import java.util.Locale;
import java.util.Optional;

/** A machine architecture: the numbers that Linux gives its system calls there. */
enum Architecture {
  /** From the kernel's {@code arch/x86/entry/syscalls/syscall_64.tbl}. */
  X86_64(3, 1, 9, 11, 16, 281, 233, 290, 291, 298, 302, 321),
  /** From the kernel's {@code include/uapi/asm-generic/unistd.h}. */
  AARCH64(57, 64, 222, 215, 29, 22, 21, 19, 20, 241, 261, 280);

  private final int[] numbers;

  Architecture(int... numbers) {
    this.numbers = numbers;
  }

  /** The system calls that a session makes, in the order of each architecture's numbers above. */
  enum Call {
    CLOSE,
    WRITE,
    MMAP,
    MUNMAP,
    IOCTL,
    EPOLL_PWAIT,
    EPOLL_CTL,
    EVENTFD2,
    EPOLL_CREATE1,
    PERF_EVENT_OPEN,
    PRLIMIT64,
    BPF
  }

  /** The call's number here. */
  int numberOf(Call call) {
    return numbers[call.ordinal()];
  }

  /** The architecture of this machine; empty when it is none of these, or not Linux. */
  static Optional<Architecture> current() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }
}
