package dev.tapwright.compiler.tapset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The folder in which this program keeps what it can make again: {@code tapwright} under {@code
 * $XDG_CACHE_HOME}, else under {@code ~/.cache}.
 *
 * @param path absolute; need not be there
 */
public record CacheFolder(Path path) {
  /** The user's; empty when there is no home directory. */
  public static Optional<CacheFolder> ofUser() {
    return absolute(System.getenv("XDG_CACHE_HOME"))
        .or(() -> absolute(System.getenv("HOME")).map(home -> home.resolve(".cache")))
        .map(folder -> new CacheFolder(folder.resolve("tapwright")));
  }

  private static Optional<Path> absolute(@org.jspecify.annotations.Nullable String text) {
    try {
      return Optional.ofNullable(text)
          .filter(given -> !given.isEmpty())
          .map(Path::of)
          .filter(Path::isAbsolute);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /**
   * Writes a file so that others see all of it or nothing.
   *
   * @param name relative to the folder
   */
  void write(String name, byte[] bytes) throws IOException {
    Path file = path.resolve(name);
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "new", null);
    try {
      Files.write(temporary, bytes);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
