package dev.tapwright.server.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the program's own parts are. */
final class Installation {
  /** The folder of the launchers, which they name in this system property. */
  private static final String LAUNCHERS = "tapwright.bin";

  private static final String STAPBPF_MAIN = "dev.tapwright.compiler.cli.StapbpfCommand";

  private Installation() {}

  /**
   * The command line that starts {@code stapbpf}: its launcher, or without launchers this Java on
   * this class path.
   */
  static List<String> stapbpf() {
    Optional<Path> launcher =
        Optional.ofNullable(System.getProperty(LAUNCHERS))
            .map(folder -> Path.of(folder, "stapbpf"))
            .filter(Files::isExecutable);
    return launcher
        .map(path -> List.of(path.toString()))
        .orElseGet(
            () ->
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    STAPBPF_MAIN));
  }
}
