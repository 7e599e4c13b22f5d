package dev.tapwright.server.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Compiled scripts in a folder that only this user can read. It is made when it is first needed and
 * removed when the server ends; the oldest files go when there are many.
 */
public final class ObjectFiles implements AutoCloseable {
  private static final int KEPT = 32;

  private final ArrayDeque<Path> files = new ArrayDeque<>();
  private Optional<Path> folder = Optional.empty();
  private int count;

  /**
   * Writes a file.
   *
   * @param scriptName what the file is named after
   */
  public synchronized Path write(String scriptName, byte[] content) throws IOException {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      folder = Optional.of(Files.createTempDirectory("tapwright-"));
    }
    Path file = folder.get().resolve(stem(scriptName) + "-" + ++count + ".bo");
    Files.write(file, content);
    files.add(file);
    while (files.size() > KEPT) {
      Files.deleteIfExists(files.remove());
    }
    return file;
  }

  private static String stem(String scriptName) {
    String name = scriptName.substring(scriptName.lastIndexOf('/') + 1).replaceFirst("\\.stp$", "");
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]+", "");
    return plain.isEmpty() ? "script" : plain.substring(0, Math.min(plain.length(), 64));
  }

  @Override
  public synchronized void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      if (folder.isPresent()) {
        Files.deleteIfExists(folder.get());
      }
    } catch (IOException e) {
      // A file that cannot be removed stays in the temporary folder: the system's own cleaning
      // takes it.
    }
    files.clear();
    folder = Optional.empty();
  }
}
