package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file as the kernel knows it. The device that {@code stat(2)} tells is another on Btrfs and
 * overlays, and so is the file that is mapped, on overlays of old kernels: the mount tells it.
 *
 * @param inode {@code inode.i_ino}
 * @param device {@code super_block.s_dev}
 */
record FileIdentity(long inode, long device) {
  private static final int MINOR_BITS = 20;

  /** Fields of a line of {@code mountinfo}: proc_pid_mountinfo(5). */
  private static final int DEVICE = 2;

  private static final int MOUNT_POINT = 4;

  /** That of a file; empty where there is none, or this user cannot find it. */
  static Optional<FileIdentity> of(Path path) {
    try {
      Path file = path.toRealPath();
      long inode = ((Number) Files.getAttribute(file, "unix:ino")).longValue();
      return device(file).map(device -> new FileIdentity(inode, device));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The device of the innermost mount that a file is in; of two at one place, the later. */
  private static Optional<Long> device(Path file) throws IOException {
    Path innermost = Path.of("/");
    Optional<Long> device = Optional.empty();
    for (String line :
        Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1)) {
      String[] fields = line.split(" ");
      Path point = Path.of(fields[MOUNT_POINT].replace("\\040", " "));
      if (file.startsWith(point) && point.startsWith(innermost)) {
        innermost = point;
        device = Optional.of(number(fields[DEVICE]));
      }
    }
    return device;
  }

  /** A device that is written {@code MAJOR:MINOR}, as {@code dev_t} holds it in the kernel. */
  private static long number(String device) {
    int colon = device.indexOf(':');
    return Long.parseLong(device.substring(0, colon)) << MINOR_BITS
        | Long.parseLong(device.substring(colon + 1));
  }
}
