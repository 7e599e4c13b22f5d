package dev.tapwright.compiler.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the user chose for a compilation.
 *
 * @param arguments the script's arguments, {@code $1 @1} and so on
 * @param isGuru {@code -g}
 * @param tapsetDirectories {@code -I}, in order
 * @param limits {@code -D NAME=VALUE}
 */
public record CompilerSettings(
    List<String> arguments, boolean isGuru, List<Path> tapsetDirectories, Map<String, Long> limits) {
  /** Copies the collections. */
  public CompilerSettings {
    arguments = List.copyOf(arguments);
    tapsetDirectories = List.copyOf(tapsetDirectories);
    limits = Map.copyOf(limits);
  }

  /** Nothing chosen. */
  public static CompilerSettings defaults() {
    return new CompilerSettings(List.of(), false, List.of(), Map.of());
  }
}
