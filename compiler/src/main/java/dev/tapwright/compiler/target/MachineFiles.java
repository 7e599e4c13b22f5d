package dev.tapwright.compiler.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that describe a machine, under the root of its file system.
 *
 * @param root {@code /} for this machine
 */
record MachineFiles(Path root) {
  /** No file that is read here is anywhere near this; a bigger one is not what it seems. */
  private static final int LARGEST = 256 << 20;

  /** This machine. */
  static MachineFiles ofThisMachine() {
    return new MachineFiles(Path.of("/"));
  }

  /** Where a file of the machine lies. */
  Path path(String name) {
    return root.resolve(name.substring(1));
  }

  /** Whether there is such a file or directory. */
  boolean exists(String name) {
    return Files.exists(path(name));
  }

  /** The bytes of a file; empty when it cannot be read. */
  Optional<byte[]> read(String name) {
    // Files of /proc say that their size is zero, so it is read until it ends.
    try (InputStream in = Files.newInputStream(path(name))) {
      byte[] bytes = new byte[Math.max(4096, (int) Math.min(Files.size(path(name)) + 1, LARGEST))];
      int length = 0;
      while (true) {
        int count = in.read(bytes, length, bytes.length - length);
        if (count < 0) {
          return Optional.of(Arrays.copyOf(bytes, length));
        }
        length += count;
        if (length == bytes.length) {
          if (length >= LARGEST) {
            return Optional.empty();
          }
          bytes = Arrays.copyOf(bytes, length * 2);
        }
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The names of what is in a directory, sorted; none when it cannot be read. */
  List<String> list(String directory) {
    try (Stream<Path> entries = Files.list(path(directory))) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** The text of a file without white space around it; empty when it cannot be read. */
  Optional<String> text(String name) {
    return read(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
  }
}
