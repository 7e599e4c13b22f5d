package dev.tapwright.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a command of the checkout as a person would, and waits for its end. */
final class Command {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Command() {}

  /** The checkout. */
  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("bin/stap"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("no bin/stap above " + Path.of("").toAbsolutePath());
      }
      directory = parent;
    }
    return directory;
  }

  /** Runs {@code bin/stap} in a folder. */
  static Result stap(Path directory, String... arguments) {
    return run(directory, prepend(root().resolve("bin/stap").toString(), arguments));
  }

  /** Runs {@code bin/stapbpf} in a folder. */
  static Result stapbpf(Path directory, String... arguments) {
    return run(directory, prepend(root().resolve("bin/stapbpf").toString(), arguments));
  }

  /** Runs a command in a folder; one that does not end in a minute is killed and has status -1. */
  static Result run(Path directory, List<String> command) {
    return run(directory, command, LIMIT);
  }

  /** Runs a command in a folder; one that does not end in time is killed and has status -1. */
  static Result run(Path directory, List<String> command, Duration limit) {
    try {
      Path out = Files.createTempFile("out", null);
      Path err = Files.createTempFile("err", null);
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        // The build that runs this test has made the jar: the launcher must not start another.
        builder.environment().put("TAPWRIGHT_BUILD", "never");
        Process process =
            builder
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
        }
        return new Result(ended ? process.exitValue() : -1, read(out), read(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static List<String> prepend(String first, String[] rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all;
  }

  /** What a command left behind. */
  record Result(int status, String out, String err) {}
}
