package dev.tapwright.compiler.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.cli.StapbpfCommand;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ElfObjectWriter;
import dev.tapwright.compiler.probe.AttachPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions as processes of their own: how they end, and that nothing stays behind. */
@Timeout(120)
class SessionProcessTest {
  /** As other tools show the program; of this test alone. */
  private static final String PROGRAM_NAME = "tw_session_test";

  @TempDir Path directory;

  /** A session that prints a line for each context switch, until it is stopped. */
  private Process start(String... options) throws IOException {
    return start(List.of(), options);
  }

  private Process start(List<String> wrapper, String... options) throws IOException {
    Needs.privilege();
    Assembly code = TestObjects.send(new Assembly(), 0).end();
    BpfObject object =
        TestObjects.object(
            PROGRAM_NAME,
            ProgramKind.RAW_TRACEPOINT,
            new AttachPoint.Tracepoint("sched", "sched_switch"),
            code,
            TestObjects.print("switch\n"));
    Path file = Files.write(directory.resolve("test.bo"), ElfObjectWriter.write(object));
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), StapbpfCommand.class.getName()));
    command.addAll(List.of(options));
    command.add(file.toString());
    return new ProcessBuilder(command)
        .redirectError(directory.resolve("messages").toFile())
        .start();
  }

  private String messages() throws IOException {
    return Files.readString(directory.resolve("messages"));
  }

  private static void awaitLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader(UTF_8);
    assertThat(reader.readLine()).isEqualTo("switch");
  }

  private static String programs() throws IOException {
    Process bpftool = new ProcessBuilder("bpftool", "prog", "list").start();
    return new String(bpftool.getInputStream().readAllBytes(), UTF_8);
  }

  private static void needsBpftool() throws InterruptedException {
    try {
      assumeTrue(
          new ProcessBuilder("bpftool", "version").start().waitFor() == 0,
          "needs bpftool that works");
    } catch (IOException absent) {
      assumeTrue(false, "needs bpftool");
    }
  }

  @Test
  void endsInOrderAtATermination() throws Exception {
    Process process = start();
    awaitLine(process);
    process.toHandle().destroy();
    process.inputReader(UTF_8).lines().forEach(line -> assertThat(line).isEqualTo("switch"));
    assertThat(process.waitFor()).isZero();
    assertThat(messages()).isEmpty();
  }

  @Test
  void leavesNothingBehindWhenItIsKilled() throws Exception {
    needsBpftool();
    Process process = start();
    awaitLine(process);
    assertThat(programs()).contains(PROGRAM_NAME);
    process.destroyForcibly().waitFor();
    // The kernel frees programs after a grace period.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (programs().contains(PROGRAM_NAME) && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertThat(programs()).doesNotContain(PROGRAM_NAME);
    assertThat(traceEvents("kprobe_events") + traceEvents("uprobe_events")).isEmpty();
  }

  private static String traceEvents(String name) throws IOException {
    Path file = Path.of("/sys/kernel/tracing", name);
    return Files.isReadable(file) ? Files.readString(file) : "";
  }

  @Test
  void endsWhenNobodyReads() throws Exception {
    Process process = start();
    awaitLine(process);
    process.getInputStream().close();
    assertThat(process.waitFor()).isZero();
    assertThat(messages()).isEmpty();
  }

  @Test
  void writesToAFile() throws Exception {
    Path output = directory.resolve("output");
    Process process = start("-o", output.toString(), "-c", "sleep 0.1");
    assertThat(process.waitFor()).isZero();
    assertThat(messages()).isEmpty();
    assertThat(Files.readString(output)).startsWith("switch\n");
    assertThat(process.inputReader(UTF_8).readLine()).isNull();
  }

  @Test
  void needsPrivilegeForKernelPrograms() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    Process process = start(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(messages())
        .contains("probes in the kernel need privilege, and CAP_BPF and CAP_PERFMON are missing")
        .contains("sudo");
  }
}
