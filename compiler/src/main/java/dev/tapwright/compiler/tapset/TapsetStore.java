package dev.tapwright.compiler.tapset;

import dev.tapwright.syntax.ParseOptions.Conditions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the library for a compilation. One that is kept, as in the language server, looks again
 * whether files have changed, and parses again only what has.
 *
 * <p>Any number of threads may ask at once.
 */
public final class TapsetStore {
  /** For so long files are taken to be as they were. */
  private static final long FRESH_NANOSECONDS = 1_000_000_000;

  /** For so long after that nobody waits while it is looked whether they are: somebody types. */
  private static final long PATIENT_NANOSECONDS = 2_000_000_000;

  /** Libraries kept: a kernel or two to choose from. */
  private static final int MOST_LIBRARIES = 4;

  private record Key(LibraryFolders folders, String conditions) {}

  private final Optional<CacheFolder> cache;
  private final Map<Key, OpenLibrary> libraries = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Key> refreshed = new HashSet<>();

  /** A store with a folder for its indexes; without one they are made anew in every process. */
  public TapsetStore(Optional<CacheFolder> cache) {
    this.cache = cache;
  }

  /** The library in some folders, for a kernel. Nothing is read before it is asked something. */
  public synchronized OpenLibrary open(LibraryFolders folders, Conditions conditions) {
    Key key = new Key(folders, OpenLibrary.key(conditions));
    OpenLibrary known = libraries.get(key);
    if (known == null || !known.isFresh(PATIENT_NANOSECONDS)) {
      known = new OpenLibrary(folders, conditions, cache, Optional.ofNullable(known));
      keep(key, known);
    } else if (!known.isFresh(FRESH_NANOSECONDS) && refreshed.add(key)) {
      OpenLibrary next = new OpenLibrary(folders, conditions, cache, Optional.of(known));
      Thread.ofPlatform().daemon().name("tapset").start(() -> refresh(key, next));
    }
    return known;
  }

  private void refresh(Key key, OpenLibrary next) {
    try {
      next.prepare();
    } finally {
      synchronized (this) {
        refreshed.remove(key);
        keep(key, next);
      }
    }
  }

  private void keep(Key key, OpenLibrary library) {
    libraries.put(key, library);
    if (libraries.size() > MOST_LIBRARIES) {
      libraries.remove(libraries.keySet().iterator().next());
    }
  }
}
