package dev.tapwright.compiler.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that none of us wrote read the files. */
class OtherLoadersTest {
  @TempDir private Path directory;

  /** What a command printed. */
  private record Output(int status, String text) {}

  @Test
  void readelfHasNothingToSay() throws Exception {
    assumeTrue(isInstalled("readelf"), "readelf is not installed");
    Output output = run("readelf", "-aW", file().toString());
    assertThat(output.text()).contains("Linux BPF", "R_BPF_INSN_64", "raw_tp/sched_switch");
    assertThat(output.text())
        .doesNotContainIgnoringCase("warning")
        .doesNotContainIgnoringCase("error:");
  }

  @Test
  void bpftoolReadsTheTypes() throws Exception {
    assumeTrue(isInstalled("bpftool"), "bpftool is not installed");
    Output output = run("bpftool", "btf", "dump", "file", file().toString());
    assertThat(output.status()).as(output.text()).isZero();
    assertThat(output.text())
        .contains("DATASEC '.maps'", "DATASEC '.data.session'", "FUNC 'switch_1'");
  }

  @Test
  void bpftoolLoadsTheProgramsAndQuotesTheScript() throws Exception {
    assumeTrue(isInstalled("bpftool"), "bpftool is not installed");
    assumeTrue("root".equals(System.getProperty("user.name")), "not root");
    // A mount and pins of its own, gone with the shell's mount name space.
    Output output =
        run(
            "unshare",
            "--mount",
            "sh",
            "-c",
            """
            mount -t bpf bpf "$1" && bpftool prog loadall "$0" "$1/programs" || exit 1
            ls "$1/programs"
            bpftool prog dump xlated pinned "$1/programs/switch_1" linum
            bpftool prog dump xlated pinned "$1/programs/switch_2" linum
            """,
            file().toString(),
            Files.createDirectory(directory.resolve("bpf")).toString());
    assertThat(output.status()).as(output.text()).isZero();
    assertThat(output.text())
        .contains("switch_1", "switch_3", "vfs_read", "vfs_read_2", "main_return");
    assertThat(output.text())
        .contains("probe kernel.trace(\"sched_switch\") { [file:switches.stp line_num:3");
    assertThat(output.text()).contains("total++ # caf\u00e9", "line_num:4 line_col:3]");
    assertThat(output.text()).contains("{ counts[0] } [file:switches.stp line_num:7 line_col:1]");
  }

  private Path file() throws IOException {
    return Files.write(directory.resolve("sample.bo"), ElfObjectWriter.write(SampleObjects.full()));
  }

  private static boolean isInstalled(String program) {
    return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private Output run(String... command) throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int status = process.waitFor();
    return new Output(status, new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
  }
}
