package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file as the kernel knows it. What {@code stat(2)} says is not always the same: on Btrfs and
 * overlays it has other devices.
 *
 * @param inode {@code inode.i_ino}
 * @param device {@code super_block.s_dev}
 */
record FileIdentity(long inode, long device) {
  private static final int MINOR_BITS = 20;
  private static final int HEXADECIMAL = 16;

  /** That of a file; empty where it cannot be read, or nothing is in it. */
  static Optional<FileIdentity> of(Path path) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      if (file.size() == 0) {
        return Optional.empty();
      }
      long address = file.map(FileChannel.MapMode.READ_ONLY, 0, 1, arena).address();
      String start = Long.toHexString(address) + "-";
      return Files.readAllLines(
              Path.of("/proc/self/maps"), java.nio.charset.StandardCharsets.ISO_8859_1)
          .stream()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .map(FileIdentity::read);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Reads a line of {@code maps}: addresses, rights, offset, device, inode, path. */
  private static FileIdentity read(String line) {
    String[] fields = line.split(" +");
    int colon = fields[3].indexOf(':');
    long major = Long.parseLong(fields[3].substring(0, colon), HEXADECIMAL);
    long minor = Long.parseLong(fields[3].substring(colon + 1), HEXADECIMAL);
    return new FileIdentity(Long.parseLong(fields[4]), major << MINOR_BITS | minor);
  }
}
