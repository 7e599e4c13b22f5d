package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The command of {@code -c}: started but held before its first instruction, so that probes are in
 * place when it begins. A shell stops itself and then becomes the command, which keeps its process
 * number.
 */
final class TargetCommand {
  /** What makes a command more than words for the shell to expand, when it is not quoted. */
  private static final String OPERATORS = "|&;<>(){}\n";

  private static final long START_TIMEOUT_NANOSECONDS = TimeUnit.SECONDS.toNanos(10);

  private static final int SIGNAL = 128;
  private static final int LAST_SIGNAL = 64;

  private final Process process;
  private boolean isHeld = true;

  private TargetCommand(Process process) {
    this.process = process;
  }

  /**
   * Starts a command with the session's own input, output and error, and waits until it is held.
   */
  static TargetCommand start(String command) throws IOException, InterruptedException {
    String script =
        isOneCommand(command)
            ? "kill -STOP $$; eval \"exec $1\""
            : "kill -STOP $$; exec /bin/sh -c \"$1\"";
    Process process =
        new ProcessBuilder("/bin/sh", "-c", script, "sh", command).inheritIO().start();
    long deadline = System.nanoTime() + START_TIMEOUT_NANOSECONDS;
    while (process.isAlive() && !isStopped(process.pid())) {
      if (System.nanoTime() - deadline > 0) {
        process.destroyForcibly();
        throw new IOException("the command does not start");
      }
      TimeUnit.MICROSECONDS.sleep(
          500); // the kernel tells a stop to waitpid(2) alone, which Java does not offer
    }
    return new TargetCommand(process);
  }

  /** Whether a shell would run a command as one program, without pipes and the like. */
  static boolean isOneCommand(String command) {
    char quote = 0;
    for (int index = 0; index < command.length(); index++) {
      char character = command.charAt(index);
      if (character == '\\' && quote != '\'') {
        index++;
      } else if (quote != 0) {
        quote = character == quote ? 0 : quote;
      } else if (character == '\'' || character == '"') {
        quote = character;
      } else if (OPERATORS.indexOf(character) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The third field of {@code /proc/PID/stat}, after the name in parentheses, is the state. */
  private static boolean isStopped(long pid) throws IOException {
    Path file = Path.of("/proc", Long.toString(pid), "stat");
    if (!Files.exists(file)) {
      return false;
    }
    String stat = Files.readString(file);
    int end = stat.lastIndexOf(')');
    return end >= 0 && stat.startsWith(") T", end);
  }

  long pid() {
    return process.pid();
  }

  /** Lets it go on; the action is done when it ends. */
  void release(Runnable onEnd) throws IOException {
    isHeld = false;
    var _ = process.onExit().thenRun(onEnd);
    new ProcessBuilder("/bin/sh", "-c", "kill -CONT " + process.pid()).inheritIO().start();
  }

  /**
   * Ends it if it has not ended: at once if it was never let go, else by {@code SIGTERM}, so that
   * it does not go on behind the prompt of who ended the session before it.
   */
  void end() {
    if (isHeld) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /** Its exit status once it has ended; 128 and more for a signal, as shells do it. */
  int status() {
    return process.exitValue();
  }

  /** The status in words. */
  String describeStatus() {
    int status = status();
    return status > SIGNAL && status <= SIGNAL + LAST_SIGNAL
        ? "signal " + (status - SIGNAL)
        : "status " + status;
  }
}
