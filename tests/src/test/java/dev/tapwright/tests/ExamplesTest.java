package dev.tapwright.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.tests.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example does what it says, run as its reader would run it. {@code sample.stp} runs in a
 * guest kernel.
 */
class ExamplesTest {
  @TempDir Path directory;

  @BeforeEach
  void copyExamples() throws IOException {
    try (Stream<Path> files = Files.list(Command.root().resolve("examples"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void helloSaysHelloAndEnds() {
    Result result = Command.stap(directory, "hello.stp");
    assertThat(result).isEqualTo(new Result(0, "hello from tapwright\n", ""));
  }

  @Test
  void helloNeedsNoPrivilege() throws IOException {
    Requires.root();
    Requires.program("setpriv");
    Result compiled = Command.stap(directory, "-p4", "-m", "hello", "hello.stp");
    assertThat(compiled).isEqualTo(new Result(0, "hello.bo\n", ""));
    Path open = Files.createTempDirectory(Path.of("/tmp"), "hello");
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.copy(directory.resolve("hello.bo"), open.resolve("hello.bo"));
    Result result =
        Command.run(
            open,
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--no-new-privs",
                Command.root().resolve("bin/stapbpf").toString(),
                "hello.bo"));
    assertThat(result).isEqualTo(new Result(0, "hello from tapwright\n", ""));
  }

  @Test
  void sampleCompiles() {
    Result result = Command.stap(directory, "-p4", "-m", "sample", "sample.stp");
    assertThat(result.out()).isEqualTo("sample.bo\n");
    assertThat(result.status()).isZero();
    assertThat(directory.resolve("sample.bo")).exists();
  }

  @Test
  void switchesPrintsThreeRounds() throws IOException {
    Requires.root();
    Result result = Command.stap(directory, "switches.stp");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.stream().filter(line -> line.equals("   PID SWITCHES"))).hasSize(3);
    assertThat(lines).allMatch(line -> line.matches(" +PID SWITCHES| *\\d+ +\\d+"));
    List<Long> counts =
        lines.stream()
            .skip(1)
            .takeWhile(line -> !line.contains("PID"))
            .map(line -> Long.parseLong(line.strip().split(" +")[1]))
            .toList();
    assertThat(counts)
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(5)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void callsCountsEveryCall() throws IOException {
    Requires.root();
    Requires.uprobes();
    Requires.program("cc");
    assertThat(
            Command.run(directory, List.of("cc", "-O1", "-g", "-o", "calls", "calls.c")).status())
        .isZero();
    Result result = Command.stap(directory, "calls.stp", "-c", "./calls 12345");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("made 12345 calls\n")
        .contains("work() was called 12345 times\n");
    assertThat(result.status()).isZero();
  }

  @Test
  void whoReadsNamesPrograms() throws IOException, InterruptedException {
    Requires.root();
    Process reader = new ProcessBuilder("dd", "if=/dev/zero", "of=/dev/null", "bs=512").start();
    try {
      Result result = Command.stap(directory, "who-reads.stp");
      assertThat(result.err()).isEmpty();
      assertThat(result.status()).isZero();
      assertThat(result.out().lines()).first().asString().matches("dd {15}\\d{4,}");
    } finally {
      reader.destroyForcibly().waitFor();
    }
  }

  @Test
  void loopIsRefusedOnAnOldKernelOnItsLine() {
    Result result = Command.stap(directory, "-p4", "--bpf-kernel=4.14", "contains_loops.stp");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("contains_loops.stp:4:3").contains("4.14").contains("5.3");
  }

  @Test
  void longHandlerIsRefusedOnAnOldKernel() {
    Result result = Command.stap(directory, "-p4", "--bpf-kernel=4.14", "too_many_insns.stp");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("too_many_insns.stp:").contains("4096").contains("5.2");
  }
}
