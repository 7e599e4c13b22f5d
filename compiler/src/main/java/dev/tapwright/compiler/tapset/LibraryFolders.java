package dev.tapwright.compiler.tapset;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folders of library files beside our own.
 *
 * @param included {@code -I}, in order
 * @param installed SystemTap's, if there is one
 */
public record LibraryFolders(List<Path> included, Optional<Path> installed) {
  private static final String SYSTEMTAP = "/usr/share/systemtap/tapset";

  /** Copies the list. */
  public LibraryFolders {
    included = List.copyOf(included);
  }

  /** With the folder that {@code SYSTEMTAP_TAPSET} names, else where SystemTap installs its own. */
  public static LibraryFolders withInstalled(List<Path> included) {
    String named = System.getenv("SYSTEMTAP_TAPSET");
    try {
      return new LibraryFolders(included, Optional.of(Path.of(named == null ? SYSTEMTAP : named)));
    } catch (InvalidPathException _) {
      return new LibraryFolders(included, Optional.empty());
    }
  }
}
