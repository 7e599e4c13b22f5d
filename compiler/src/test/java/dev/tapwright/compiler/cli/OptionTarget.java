package dev.tapwright.compiler.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** For the fuzzer, {@code tests/fuzz/run}: any words, with NUL between them, are options or not. */
public final class OptionTarget {
  private OptionTarget() {}

  /** Reads the words as a command line of {@code stap}. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    List<String> words = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\0", -1));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    StapOptionReader.read(words, nowhere);
  }
}
