package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.target.KernelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the running kernel as it wants it named when kprobe programs are loaded (before
 * 5.0).
 */
final class RunningKernel {
  /**
   * Debian's release leaves the patch level out; its build line has it: {@code #1 SMP Debian
   * 4.19.249-2}.
   */
  private static final Pattern DEBIAN = Pattern.compile(".*Debian (\\d+\\.\\d+\\.\\d+).*");

  private static final int PATCH_MAXIMUM = 255;

  private RunningKernel() {}

  /** {@code LINUX_VERSION_CODE}; 0 when it cannot be found out. */
  static int versionCode() {
    try {
      String build = Files.readString(Path.of("/proc/sys/kernel/version")).strip();
      String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
      return versionCode(release, build);
    } catch (IOException unreadable) {
      return 0;
    }
  }

  static int versionCode(String release, String build) {
    Matcher debian = DEBIAN.matcher(build);
    Optional<KernelVersion> version =
        KernelVersion.parse(debian.matches() ? debian.group(1) : release);
    return version
        .map(
            found ->
                found.major() << 16 | found.minor() << 8 | Math.min(found.patch(), PATCH_MAXIMUM))
        .orElse(0);
  }
}
