package dev.tapwright.compiler.tapset;

import dev.tapwright.syntax.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tapset library that comes with the compiler: resources beside this class, which {@code
 * library/files.txt} lists, because a jar cannot be listed.
 */
public final class OwnLibrary {
  private static final String FOLDER = "library/";
  private static final String LIST = "files.txt";

  private OwnLibrary() {}

  /** The names of its files, such as {@code ansi.stp}, in the order in which they are searched. */
  public static List<String> files() {
    return new String(bytes(LIST), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /**
   * The text of one of the files.
   *
   * @param file its name in the list
   * @param name what messages call it
   */
  static SourceText text(String file, String name) {
    return SourceText.ofBytes(name, bytes(file));
  }

  /** The bytes of one of the files. */
  public static byte[] bytes(String file) {
    try (InputStream stream = OwnLibrary.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalStateException("The library's " + file + " is not in this installation.");
      }
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
