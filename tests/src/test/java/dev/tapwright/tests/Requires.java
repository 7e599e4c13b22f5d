package dev.tapwright.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a test needs of the machine; without it the test is skipped, with the reason as its message.
 */
final class Requires {
  private Requires() {}

  /** Loading BPF programs. */
  static void root() throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "needs root, to load BPF programs");
  }

  /** A program on the PATH. */
  static void program(String name) {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))),
        "needs the program " + name);
  }

  /** Uprobes as file descriptors. */
  static void uprobes() {
    assumeTrue(
        Files.exists(Path.of("/sys/bus/event_source/devices/uprobe")),
        "needs a kernel with uprobes");
  }
}
