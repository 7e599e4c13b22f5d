package dev.tapwright.server.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A {@code stapbpf} that runs as a child of the server. */
final class Run {
  private final int number;
  private final String uri;
  private final List<String> elevation;
  private final Process process;
  private boolean isAskedToStop;

  private Run(int number, String uri, List<String> elevation, Process process) {
    this.number = number;
    this.uri = uri;
    this.elevation = elevation;
    this.process = process;
  }

  /**
   * What becomes of a run's output. Called from threads of the run; one stream's text comes in
   * order.
   */
  interface Listener {
    /** Some text, at least a character. */
    void output(Run run, String stream, String text);

    /** The run is over, and all of its output has been handed on. */
    void ended(Run run, int exitStatus);
  }

  /**
   * Starts a run.
   *
   * @param elevation what stands in front of the command, perhaps nothing
   */
  static Run start(
      int number, String uri, List<String> elevation, List<String> command, Listener listener)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(elevation.stream(), command.stream()).toList());
    builder.redirectInput(Path.of("/dev/null").toFile());
    Run run = new Run(number, uri, elevation, builder.start());
    Thread errors = run.copy("stderr", run.process.getErrorStream(), listener);
    Thread output = run.copy("stdout", run.process.getInputStream(), listener);
    Thread.ofPlatform()
        .daemon()
        .name("run-" + number)
        .start(
            () -> {
              try {
                int status = run.process.waitFor();
                output.join();
                errors.join();
                listener.ended(run, status);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return run;
  }

  int number() {
    return number;
  }

  String uri() {
    return uri;
  }

  /** Asks it to end in order; asked a second time, ends it. */
  synchronized void stop() {
    boolean isForced = isAskedToStop;
    isAskedToStop = true;
    if (elevation.isEmpty()) {
      signal(isForced);
      return;
    }
    // The process belongs to another user: only somebody elevated likewise may signal it.
    List<String> kill = List.of("kill", isForced ? "-KILL" : "-TERM", Long.toString(process.pid()));
    try {
      new ProcessBuilder(Stream.concat(elevation.stream(), kill.stream()).toList())
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      signal(isForced);
    }
  }

  private void signal(boolean isForced) {
    // Not Process.destroy, which closes the pipes too: what the end probes print is still to come.
    if (isForced) {
      process.toHandle().destroyForcibly();
    } else {
      process.toHandle().destroy();
    }
  }

  private Thread copy(String stream, InputStream from, Listener listener) {
    return Thread.ofPlatform()
        .daemon()
        .name("run-" + number + "-" + stream)
        .start(
            () -> {
              char[] buffer = new char[8192];
              try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
                for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                  listener.output(this, stream, new String(buffer, 0, count));
                }
              } catch (IOException e) {
                // The process is gone, and its output with it.
              }
            });
  }
}
