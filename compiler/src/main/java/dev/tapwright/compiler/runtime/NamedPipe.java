package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A pipe with a name in the file system. */
record NamedPipe(Path path, Set<PosixFilePermission> permissions) {
  NamedPipe {
    permissions = Set.copyOf(permissions);
  }

  /** Makes it, under that name. */
  void make(Path name) throws IOException {
    try {
      SystemCalls.open().makeNamedPipe(name.toString());
      Files.setPosixFilePermissions(name, permissions);
    } catch (SystemCallException failure) {
      throw new IOException(failure.error().text(), failure);
    } catch (SystemCalls.UnsupportedMachineException unsupported) {
      throw new IOException(unsupported.getMessage(), unsupported);
    }
  }

  /**
   * Puts another pipe in its place: those who have opened the old one keep it, and those who come
   * get the new one.
   */
  void replace() throws IOException {
    Path other = path.resolveSibling(path.getFileName() + ".new");
    make(other);
    Files.move(other, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes a file or an empty folder, if it is there. */
  static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException kept) {
      // Somebody has put something into the folder: it is theirs now.
    }
  }
}
