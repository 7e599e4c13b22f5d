package dev.tapwright.compiler.agreement;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The {@code stap} that the machine has, if it has one. */
public final class PackagedStap {
  /** Where it is. */
  static final Path COMMAND = Path.of("/usr/bin/stap");

  private static final Path CONFIGURATION = Path.of("/proc/config.gz");

  private PackagedStap() {}

  /**
   * Puts into a folder what stap wants to see of a kernel before it looks at a script; it takes the
   * folder by {@code -r}. A test is skipped where there is no stap.
   */
  public static void prepare(Path folder) throws IOException {
    assumeTrue(Files.isExecutable(COMMAND), "packaged stap is not installed");
    assumeTrue(Files.isReadable(CONFIGURATION), "/proc/config.gz cannot be read");
    Files.createDirectories(folder.resolve("include/config"));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(CONFIGURATION))) {
      Files.copy(in, folder.resolve(".config"));
    }
    Files.copy(
        Path.of("/proc/sys/kernel/osrelease"), folder.resolve("include/config/kernel.release"));
    Files.createFile(folder.resolve("Makefile"));
    Files.createFile(folder.resolve("Module.symvers"));
  }
}
