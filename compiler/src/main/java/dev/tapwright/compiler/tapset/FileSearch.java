package dev.tapwright.compiler.tapset;

import dev.tapwright.compiler.tapset.LibraryFile.Origin;
import dev.tapwright.syntax.ParseOptions.Conditions;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds the library files for a kernel: in every folder first what is for the run time, then what
 * is for all, and in each the most particular first.
 *
 * <p>Unlike {@code stap --runtime=bpf}, which passes {@code linux/} over, this takes what is meant
 * for the kernel as well: what of it cannot run is refused where a script uses it.
 */
final class FileSearch {
  private static final List<String> RUNTIMES = List.of("bpf", "linux", "");

  private final List<LibraryFile> found = new ArrayList<>();
  private final List<String> releases;
  private final String architecture;
  private int layer;

  private FileSearch(Conditions conditions) {
    this.releases = releases(conditions);
    this.architecture = conditions.architecture();
  }

  /** All files: those of {@code -I}, our own, those installed; of a layer in their order. */
  static List<LibraryFile> find(LibraryFolders folders, OwnLibrary own, Conditions conditions) {
    FileSearch search = new FileSearch(conditions);
    folders.included().forEach(folder -> search.folder(folder, Origin.INCLUDED));
    search.found.addAll(own.inLayer(search.layer++));
    folders.installed().ifPresent(folder -> search.folder(folder, Origin.INSTALLED));
    return List.copyOf(search.found);
  }

  private static List<String> releases(Conditions conditions) {
    Set<String> releases = new LinkedHashSet<>();
    releases.add(conditions.kernelRelease());
    releases.add(conditions.kernelVersion());
    String version = conditions.kernelVersion();
    int second = version.indexOf('.', version.indexOf('.') + 1);
    releases.add(second < 0 ? version : version.substring(0, second));
    releases.add("");
    return List.copyOf(releases);
  }

  private void folder(Path folder, Origin origin) {
    for (String runtime : RUNTIMES) {
      Path start = folder.resolve(runtime);
      if (Files.isDirectory(start)) {
        for (String release : releases) {
          Path inner = start.resolve(release);
          if (release.isEmpty() || Files.isDirectory(inner)) {
            files(inner.resolve(architecture), origin);
            files(inner, origin);
          }
        }
      }
      layer++;
    }
  }

  private void files(Path folder, Origin origin) {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.toString();
        if (name.endsWith(".stp") || name.endsWith(".stpm")) {
          names.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // Most of the folders that are looked for are not there.
      return;
    }
    names.sort(null);
    names.forEach(file -> file(file, origin));
  }

  private void file(Path file, Origin origin) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        found.add(of(file, attributes, layer, origin));
      }
    } catch (IOException _) {
      // It has just gone.
    }
  }

  /** A file on disk. */
  static LibraryFile of(Path file, BasicFileAttributes attributes, int layer, Origin origin) {
    return new LibraryFile(
        file.toString(),
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        layer,
        origin,
        () -> Files.readAllBytes(file));
  }
}
