package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The script of a command line, and the arguments that are left for it.
 *
 * @param arguments what stands behind the script's file, or all of it with {@code -e}
 */
record ScriptSource(SourceText text, List<String> arguments) {
  /** What messages call a script that is no file. */
  static final String INPUT = "<input>";

  /** Reads the script; when there is none, says so, and the result is empty. */
  static Optional<ScriptSource> read(StapOptions options, InputStream in, PrintStream err) {
    if (options.script.isPresent()) {
      return Optional.of(
          new ScriptSource(new SourceText(INPUT, options.script.get()), options.positional));
    }
    if (options.positional.isEmpty()) {
      err.println("A script must be specified.");
      err.println("Try '--help' for more information.");
      return Optional.empty();
    }
    String file = options.positional.getFirst();
    List<String> arguments = options.positional.subList(1, options.positional.size());
    try {
      return Optional.of(
          file.equals("-")
              ? new ScriptSource(SourceText.ofBytes(INPUT, in.readAllBytes()), arguments)
              : new ScriptSource(
                  SourceText.ofBytes(file, Files.readAllBytes(Path.of(file))), arguments));
    } catch (NoSuchFileException | InvalidPathException absent) {
      err.println("Input file '" + file + "' is missing.");
    } catch (IOException failure) {
      err.println("Input file '" + file + "' cannot be read: " + failure.getMessage());
    }
    err.println("Pass 1: parse failed.  [man error::pass1]");
    return Optional.empty();
  }
}
