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
    return stream(FileDescriptor.out);
  }

  static PrintStream error() {
    return stream(FileDescriptor.err);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }
}
