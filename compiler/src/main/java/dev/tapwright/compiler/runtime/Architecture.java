package dev.tapwright.compiler.runtime;

import java.util.Locale;
import java.util.Optional;

/** A machine architecture whose system calls are known. */
enum Architecture {
  X86_64,
  AARCH64;

  /**
   * The system calls that a session makes, and their numbers: on x86-64 from the kernel's {@code
   * arch/x86/entry/syscalls/syscall_64.tbl}, on aarch64 from {@code
   * include/uapi/asm-generic/unistd.h}.
   */
  enum Call {
    CLOSE(3, 57),
    READ(0, 63),
    WRITE(1, 64),
    MMAP(9, 222),
    MUNMAP(11, 215),
    IOCTL(16, 29),
    FCNTL(72, 25),
    OPENAT(257, 56),
    EPOLL_PWAIT(281, 22),
    EPOLL_CTL(233, 21),
    EVENTFD2(290, 19),
    EPOLL_CREATE1(291, 20),
    MKNODAT(259, 33),
    PERF_EVENT_OPEN(298, 241),
    PRLIMIT64(302, 261),
    BPF(321, 280);

    private final int x86;
    private final int aarch64;

    Call(int x86, int aarch64) {
      this.x86 = x86;
      this.aarch64 = aarch64;
    }
  }

  /** The call's number here. */
  int numberOf(Call call) {
    return switch (this) {
      case X86_64 -> call.x86;
      case AARCH64 -> call.aarch64;
    };
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
