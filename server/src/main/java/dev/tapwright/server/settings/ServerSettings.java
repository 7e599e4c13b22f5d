package dev.tapwright.server.settings;

import dev.tapwright.compiler.driver.CompilerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the section {@code tapwright}.
 *
 * @param targetKernel {@code host}, or a version
 * @param tapsetDirectories as {@code -I}
 * @param arguments the script's arguments
 * @param isGuru as {@code -g}
 * @param elevation how runs get their privilege
 */
public record ServerSettings(
    String targetKernel,
    List<Path> tapsetDirectories,
    List<String> arguments,
    boolean isGuru,
    Elevation elevation) {
  /** The kernel that the server itself runs on. */
  public static final String HOST = "host";

  /** Nothing chosen. */
  public static final ServerSettings DEFAULTS =
      new ServerSettings(HOST, List.of(), List.of(), false, Elevation.NONE);

  /** Copies the lists. */
  public ServerSettings {
    tapsetDirectories = List.copyOf(tapsetDirectories);
    arguments = List.copyOf(arguments);
  }

  /**
   * What of it the compiler wants to know.
   *
   * @param folder of the script: relative paths in it start from there
   */
  public CompilerSettings forCompiler(Optional<Path> folder) {
    CompilerSettings settings =
        new CompilerSettings(arguments, isGuru, tapsetDirectories, Map.of());
    return folder.map(settings::withWorkingDirectory).orElse(settings);
  }
}
