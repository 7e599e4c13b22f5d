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

  /** The same of the probe that {@code -T} adds, which {@code -p1} does not show. */
  static final String TIME_LIMIT = "<-T>";

  /** Reads the script; when there is none, says so, and the result is empty. */
  static Optional<ScriptSource> read(StapOptions options, InputStream in, PrintStream err) {
    if (options.script.isPresent()) {
      return Optional.of(
          new ScriptSource(new SourceText(INPUT, options.script.get()), options.positional));
    }
    Optional<SourceText> text = file(options.positional.getFirst(), in, err);
    if (text.isEmpty()) {
      err.println("Pass 1: parse failed.  [man error::pass1]");
    }
    return text.map(
        read -> new ScriptSource(read, options.positional.subList(1, options.positional.size())));
  }

  /** Reads a file, or standard input for {@code -}; when it cannot be read, says so. */
  static Optional<SourceText> file(String file, InputStream in, PrintStream err) {
    try {
      return Optional.of(
          file.equals("-") || file.isEmpty()
              ? SourceText.ofBytes(INPUT, in.readAllBytes())
              : SourceText.ofBytes(file, Files.readAllBytes(Path.of(file))));
    } catch (NoSuchFileException | InvalidPathException absent) {
      err.println("Input file '" + file + "' is missing.");
    } catch (IOException failure) {
      err.println("Input file '" + file + "' cannot be read: " + failure.getMessage());
    }
    return Optional.empty();
  }
}
