package dev.tapwright.compiler.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a test needs of the machine; without it the test is skipped, and says why. */
final class Needs {
  private Needs() {}

  static void privilege() {
    assumeTrue(Privileges.mayLoadPrograms(), "needs CAP_BPF and CAP_PERFMON");
  }

  /** Compiles a C program. */
  static Path program(Path directory, String source) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("program.c"), source);
    Path program = directory.resolve("program");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "needs a C compiler");
    Process compiler =
        new ProcessBuilder("/usr/bin/cc", "-O1", "-o", program.toString(), file.toString())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IOException("cc failed");
    }
    return program;
  }
}
