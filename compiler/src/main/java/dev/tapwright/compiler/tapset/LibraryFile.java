package dev.tapwright.compiler.tapset;

import java.io.IOException;

/**
 * A file of the library, as it was when it was looked at.
 *
 * @param name what messages call it: a path
 * @param size in bytes
 * @param modified nanoseconds since 1970
 * @param layer what belongs together, from 0: of aliases of one name, those of the first layer hold
 * @param origin where the library comes from that it is of
 * @param content gives its bytes
 */
record LibraryFile(
    String name, long size, long modified, int layer, Origin origin, Content content) {
  /** Where a library comes from. */
  enum Origin {
    /** A folder of {@code -I}. */
    INCLUDED,
    /** Ours. */
    OWN,
    /** SystemTap's. */
    INSTALLED
  }

  /** Where the bytes come from. */
  interface Content {
    byte[] read() throws IOException;
  }

  /** Whether its functions come before those that the compiler provides. */
  boolean overridesProvided() {
    return origin == Origin.INCLUDED;
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
