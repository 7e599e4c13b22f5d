package dev.tapwright.compiler.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user chose for a session.
 *
 * @param objectName what messages call the object: its file, or the script
 * @param verbosity how many {@code -v}
 * @param suppressesWarnings {@code -w}
 * @param targetProcess {@code -x PID}
 * @param command {@code -c CMD}: started with the session, and the session ends with it
 * @param outputFile {@code -o FILE}: takes the output instead of standard output
 */
public record SessionOptions(
    String objectName,
    int verbosity,
    boolean suppressesWarnings,
    OptionalLong targetProcess,
    Optional<String> command,
    Optional<Path> outputFile) {
  /** Nothing chosen. */
  public static SessionOptions of(String objectName) {
    return new SessionOptions(
        objectName, 0, false, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }
}
