package dev.tapwright.compiler.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process' streams, UTF-8 whatever the locale: scripts are UTF-8, and so is what is said of
 * them.
 */
final class StandardStreams {
  private StandardStreams() {}

  static PrintStream output() {
    return stream(FileDescriptor.out, false);
  }

  /** What is said is seen at the end of its line: a pass may take long. */
  static PrintStream error() {
    return stream(FileDescriptor.err, true);
  }

  private static PrintStream stream(FileDescriptor descriptor, boolean flushesLines) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)),
        flushesLines,
        StandardCharsets.UTF_8);
  }
}
