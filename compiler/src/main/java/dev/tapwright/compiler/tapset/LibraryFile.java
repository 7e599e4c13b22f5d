package dev.tapwright.compiler.tapset;

import java.io.IOException;

/**
 * A file of the library, as it was when it was looked at.
 *
 * @param name what messages call it: a path
 * @param size in bytes
 * @param modified nanoseconds since 1970
 * @param layer what belongs together, from 0: of aliases of one name, those of the first layer hold
 * @param overridesProvided whether its functions come before those that the compiler provides
 * @param content gives its bytes
 */
record LibraryFile(
    String name, long size, long modified, int layer, boolean overridesProvided, Content content) {
  /** Where the bytes come from. */
  interface Content {
    byte[] read() throws IOException;
  }

  boolean isMacroFile() {
    return name.endsWith(".stpm");
  }

  /** Whether it is the same file, unchanged. */
  boolean isSame(LibraryFile other) {
    return size == other.size
        && modified == other.modified
        && layer == other.layer
        && name.equals(other.name);
  }
}
