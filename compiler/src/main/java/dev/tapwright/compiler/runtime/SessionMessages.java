package dev.tapwright.compiler.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/** Errors and warnings, each a line of its own, after all output that came before. */
final class SessionMessages {
  private final OutputStream stream;
  private final SessionOutput output;
  private final boolean suppressesWarnings;

  SessionMessages(OutputStream stream, SessionOutput output, boolean suppressesWarnings) {
    this.stream = stream;
    this.output = output;
    this.suppressesWarnings = suppressesWarnings;
  }

  /** A fault of a handler; one {@code char} for each byte. */
  void error(String message) {
    write(("ERROR: " + message + "\n").getBytes(ISO_8859_1));
  }

  /** A warning of a handler; one {@code char} for each byte. */
  void warning(String message) {
    if (!suppressesWarnings) {
      write(("WARNING: " + message + "\n").getBytes(ISO_8859_1));
    }
  }

  /** A line of our own. */
  void line(String message) {
    write((message + "\n").getBytes(UTF_8));
  }

  private synchronized void write(byte[] bytes) {
    output.flush();
    try {
      stream.write(bytes);
      stream.flush();
    } catch (IOException nobodyReads) {
      // There is no other place to tell it.
    }
  }
}
