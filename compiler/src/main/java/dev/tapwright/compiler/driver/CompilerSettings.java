package dev.tapwright.compiler.driver;

import dev.tapwright.syntax.SourceText;
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
 * @param additionalScripts {@code -E}: compiled together with the main script
 * @param workingDirectory what relative paths of programs in the script start from
 * @param isOptimized whether what has no effect is left out: not with {@code -u}
 * @param skipsBadVariables {@code --skip-badvars}: whether context variables that are not there are
 *     0
 * @param languageVersion {@code --compatible}: the SystemTap whose language scripts are written in
 */
public record CompilerSettings(
    List<String> arguments,
    boolean isGuru,
    List<Path> tapsetDirectories,
    Map<String, Long> limits,
    List<SourceText> additionalScripts,
    Path workingDirectory,
    boolean isOptimized,
    boolean skipsBadVariables,
    String languageVersion) {
  /** The SystemTap whose language is carried; scripts may ask for an older one. */
  public static final String LANGUAGE_VERSION = "5.6";

  /** Copies the collections. */
  public CompilerSettings {
    arguments = List.copyOf(arguments);
    tapsetDirectories = List.copyOf(tapsetDirectories);
    limits = Map.copyOf(limits);
    additionalScripts = List.copyOf(additionalScripts);
  }

  /** A script alone, with paths relative to the current directory. */
  public CompilerSettings(
      List<String> arguments,
      boolean isGuru,
      List<Path> tapsetDirectories,
      Map<String, Long> limits) {
    this(
        arguments,
        isGuru,
        tapsetDirectories,
        limits,
        List.of(),
        Path.of("").toAbsolutePath(),
        true,
        false,
        LANGUAGE_VERSION);
  }

  /** Nothing chosen. */
  public static CompilerSettings defaults() {
    return new CompilerSettings(List.of(), false, List.of(), Map.of());
  }

  /** The same with other relative paths. */
  public CompilerSettings withWorkingDirectory(Path directory) {
    return new CompilerSettings(
        arguments,
        isGuru,
        tapsetDirectories,
        limits,
        additionalScripts,
        directory,
        isOptimized,
        skipsBadVariables,
        languageVersion);
  }
}
