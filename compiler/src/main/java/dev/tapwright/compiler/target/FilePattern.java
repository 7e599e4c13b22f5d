package dev.tapwright.compiler.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Patterns of the shell for paths, as {@code glob(3)} expands them. */
final class FilePattern {
  /** A pattern that leads to more places than this is followed no further. */
  private static final int MOST_PLACES = 10_000;

  private FilePattern() {}

  /**
   * Regular files whose path matches, sorted, without links. A star matches no slash, and a name
   * that begins with a dot only when the pattern does. What may not be read is passed over.
   */
  static List<Path> matching(String pattern) {
    try {
      List<Path> places = List.of(Path.of("/"));
      for (Path part : Path.of(pattern)) {
        places = within(places, part.toString());
      }
      TreeSet<Path> files = new TreeSet<>();
      for (Path place : places) {
        if (Files.isRegularFile(place)) {
          files.add(place.toRealPath());
        }
      }
      return List.copyOf(files);
    } catch (IOException | InvalidPathException unreadable) {
      return List.of();
    }
  }

  private static List<Path> within(List<Path> folders, String name) {
    if (!Glob.isPattern(name)) {
      return folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).toList();
    }
    Glob glob = Glob.of(name);
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          entries
              .filter(entry -> isMatch(glob, name, String.valueOf(entry.getFileName())))
              .limit(MOST_PLACES - found.size())
              .forEach(found::add);
        } catch (IOException unreadable) {
          // Its files cannot be probed by this user either.
        }
      }
    }
    return found;
  }

  private static boolean isMatch(Glob glob, String pattern, String name) {
    return glob.matches(name) && (!name.startsWith(".") || pattern.startsWith("."));
  }
}
