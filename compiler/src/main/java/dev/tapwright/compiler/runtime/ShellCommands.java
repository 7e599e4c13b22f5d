package dev.tapwright.compiler.runtime;

import java.io.File;
import java.io.IOException;

/** Commands of the shell that handlers start, in the background. */
final class ShellCommands {
  private final SessionOutput output;
  private final SessionMessages messages;

  ShellCommands(SessionOutput output, SessionMessages messages) {
    this.output = output;
    this.messages = messages;
  }

  /** Starts one, when what was printed before has been written. */
  void start(String command) {
    try {
      output.flush();
      new ProcessBuilder("/bin/sh", "-c", command)
          .redirectInput(new File("/dev/null"))
          .redirectOutput(ProcessBuilder.Redirect.INHERIT)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException failure) {
      messages.warning("cannot run '" + command + "': " + failure.getMessage());
    }
  }
}
