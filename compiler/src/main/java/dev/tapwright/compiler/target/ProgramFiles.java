package dev.tapwright.compiler.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user programs that were asked for last. A program that has been built anew since is read
 * again.
 */
final class ProgramFiles {
  /** Their symbols are held in memory. */
  private static final int KEPT = 8;

  private final Map<Path, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
          return size() > KEPT;
        }
      };

  /** A program as it was at that time. */
  private record Known(
      @Nullable Object fileKey, long size, FileTime modified, Optional<UserProgramFile> program) {
    boolean isStill(BasicFileAttributes now) {
      return Objects.equals(fileKey, now.fileKey())
          && size == now.size()
          && modified.equals(now.lastModifiedTime());
    }
  }

  Optional<UserProgramFile> program(Path path) {
    try {
      Path real = path.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      // Opening a device or a pipe could wait for ever.
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      synchronized (known) {
        Known earlier = known.get(real);
        if (earlier != null && earlier.isStill(attributes)) {
          return earlier.program();
        }
        Optional<UserProgramFile> program = ElfProgram.read(real);
        known.put(
            real,
            new Known(
                attributes.fileKey(), attributes.size(), attributes.lastModifiedTime(), program));
        return program;
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Looks for a program in directories that are parted by colons. */
  static Optional<Path> find(String name, String directories) {
    try {
      if (name.contains("/")) {
        return Optional.of(Path.of(name));
      }
      if (name.isEmpty()) {
        return Optional.empty();
      }
      return Arrays.stream(directories.split(":", -1))
          .map(directory -> Path.of(directory.isEmpty() ? "." : directory).resolve(name))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .findFirst();
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }
}
