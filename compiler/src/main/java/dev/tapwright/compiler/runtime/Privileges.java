package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do. */
final class Privileges {
  private static final long CAP_SYS_ADMIN = 1L << 21;
  private static final long CAP_PERFMON = 1L << 38;
  private static final long CAP_BPF = 1L << 39;

  private Privileges() {}

  /**
   * Whether it may load and attach tracing programs: CAP_SYS_ADMIN, or from 5.8 on CAP_BPF and
   * CAP_PERFMON.
   */
  static boolean mayLoadPrograms() {
    long effective = effectiveCapabilities();
    return has(effective, CAP_SYS_ADMIN)
        || (has(effective, CAP_BPF) && has(effective, CAP_PERFMON));
  }

  /** A sentence that says what is missing and what to do. */
  static String needed() {
    long effective = effectiveCapabilities();
    String missing =
        has(effective, CAP_BPF)
            ? "CAP_PERFMON is"
            : has(effective, CAP_PERFMON) ? "CAP_BPF is" : "CAP_BPF and CAP_PERFMON are";
    return "probes in the kernel need privilege, and "
        + missing
        + " missing: run it as root, for example with sudo";
  }

  private static boolean has(long capabilities, long capability) {
    return (capabilities & capability) != 0;
  }

  /** The line {@code CapEff:} of {@code /proc/self/status}, a hexadecimal mask. */
  private static long effectiveCapabilities() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("CapEff:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException unreadable) {
      return 0;
    }
  }
}
