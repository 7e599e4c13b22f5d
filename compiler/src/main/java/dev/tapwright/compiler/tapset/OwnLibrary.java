package dev.tapwright.compiler.tapset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The tapset library that comes with the compiler: resources beside this class, which {@code
 * library/files.txt} lists, because a jar cannot be listed. From a jar they are copied to the cache
 * folder, so that editors can show them.
 */
public final class OwnLibrary {
  private static final String FOLDER = "library/";
  private static final String LIST = "files.txt";

  private final Optional<CacheFolder> cache;

  /** With the folder that takes the copies. */
  public OwnLibrary(Optional<CacheFolder> cache) {
    this.cache = cache;
  }

  /** The names of its files, such as {@code ansi.stp}, in the order in which they are searched. */
  public static List<String> files() {
    return new String(bytes(LIST), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** The bytes of one of the files. */
  public static byte[] bytes(String name) {
    try (InputStream stream = OwnLibrary.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new IllegalStateException("The library's " + name + " is not in this installation.");
      }
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Its files. They change only with the program: in a jar, all are as old as that. */
  List<LibraryFile> inLayer(int layer) {
    try {
      Path program =
          Path.of(OwnLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      BasicFileAttributes attributes = Files.readAttributes(program, BasicFileAttributes.class);
      return attributes.isDirectory() ? unpacked(program, layer) : packed(attributes, layer);
    } catch (IOException | URISyntaxException failure) {
      throw new IllegalStateException("The library's files cannot be found.", failure);
    }
  }

  private static List<LibraryFile> unpacked(Path classes, int layer) throws IOException {
    Path folder =
        classes.resolve(OwnLibrary.class.getPackageName().replace('.', '/')).resolve(FOLDER);
    List<LibraryFile> files = new ArrayList<>();
    for (String name : files()) {
      Path file = folder.resolve(name);
      files.add(
          FileSearch.of(
              file,
              Files.readAttributes(file, BasicFileAttributes.class),
              layer,
              LibraryFile.Origin.OWN));
    }
    return files;
  }

  private List<LibraryFile> packed(BasicFileAttributes jar, int layer) {
    long modified = jar.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    String copies = copies(jar.size(), modified);
    return files().stream()
        .map(
            name ->
                new LibraryFile(
                    cache.map(folder -> folder.path().toString() + "/").orElse("") + copies + name,
                    jar.size(),
                    modified,
                    layer,
                    LibraryFile.Origin.OWN,
                    () -> bytes(name)))
        .toList();
  }

  private static String copies(long size, long modified) {
    return "tapset-" + Long.toHexString(size * 31 + modified) + "/";
  }

  /** Copies a file to where its name says, so that an editor can show it; not if it is there. */
  void copy(LibraryFile file) throws IOException {
    Optional<CacheFolder> folder =
        cache.filter(known -> file.name().startsWith(known.path() + "/"));
    if (folder.isPresent() && !Files.exists(Path.of(file.name()))) {
      folder
          .get()
          .write(
              folder.get().path().relativize(Path.of(file.name())).toString(),
              file.content().read());
    }
  }
}
