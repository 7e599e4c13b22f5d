package dev.tapwright.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the installed SystemTap whether {@code first-mistakes.txt} still tells what it says: every
 * eighth line.
 */
class SystemTapAgreementTest {
  private static final Path STAP = Path.of("/usr/bin/stap");

  @TempDir private Path directory;

  @Test
  void theTableSaysWhatSystemTapSays() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(STAP), "needs the package systemtap");
    Optional<String> works = stap("probe begin { x = 1 }");
    assumeTrue(
        works.isPresent() && works.get().contains("(x) = (1)"),
        "needs a SystemTap that finds a kernel build tree");
    List<List<String>> table = TableFile.read("first-mistakes.txt");
    for (int i = 0; i < table.size(); i += 8) {
      List<String> row = table.get(i);
      String output = stap(row.getFirst()).orElseThrow();
      if (row.size() < 3) {
        assertThat(output).as(row.getFirst()).doesNotContain("parse error");
      } else {
        assertThat(output)
            .as(row.getFirst())
            .contains("parse error: " + row.get(1) + "\n")
            .contains(row.get(2).replace(" at :", " at x.stp:"));
      }
    }
  }

  /** What {@code stap -p1} prints on both its streams; empty when it does not end. */
  private Optional<String> stap(String script) throws IOException, InterruptedException {
    Path place = Files.createDirectories(directory.resolve("script"));
    Files.writeString(place.resolve("x.stp"), script);
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(STAP.toString(), "-p1", "x.stp")
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SYSTEMTAP_NOSIGN", "1");
    // No tapset: reading it for every script takes half a second.
    builder
        .environment()
        .put("SYSTEMTAP_TAPSET", Files.createDirectories(directory.resolve("tapset")).toString());
    Process process = builder.start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return Optional.empty();
    }
    return Optional.of(
        Files.readString(output, StandardCharsets.ISO_8859_1).replace("x.stp EOF", " EOF"));
  }
}
