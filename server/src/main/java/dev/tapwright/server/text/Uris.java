package dev.tapwright.server.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** URIs of documents. */
public final class Uris {
  private Uris() {}

  /**
   * The path of a {@code file:} URI; empty for everything else, such as a document that was never
   * saved.
   */
  public static Optional<Path> path(String uri) {
    try {
      URI parsed = new URI(uri);
      return "file".equalsIgnoreCase(parsed.getScheme())
          ? Optional.of(Path.of(parsed))
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * The URI of the file that a source text's name names; empty when it names none, such as {@code
   * <input>}.
   */
  public static Optional<String> ofName(String name) {
    try {
      Path path = Path.of(name);
      return path.isAbsolute() ? Optional.of(path.toUri().toString()) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** What messages call a document. */
  public static String displayName(String uri) {
    return path(uri).map(Path::toString).orElse(uri);
  }
}
