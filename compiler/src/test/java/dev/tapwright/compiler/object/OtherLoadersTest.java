package dev.tapwright.compiler.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Loops before may_goto, and walks through arrays, are functions of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"host", "6.1", "5.15"})
  void bpftoolLoadsProgramsThatCallFunctions(String kernel) throws Exception {
    assumeTrue(isInstalled("bpftool"), "bpftool is not installed");
    assumeTrue("root".equals(System.getProperty("user.name")), "not root");
    String script =
        """
        global n, sum
        probe kernel.trace("sched_switch") {
          n[pid()]++
          foreach (p in n) sum += n[p]
          for (i = 0; i < 10; i++) for (j = 0; j < i; j++) sum += j
          if (sum > 1000) delete n
        }
        probe kernel.trace("sched_switch") { foreach (p in n limit 3) sum += p }
        """;
    LiveTarget target =
        kernel.equals("host")
            ? LiveTarget.open()
            : LiveTarget.open(KernelProfile.ofVersion(KernelVersion.parse(kernel).orElseThrow()));
    BpfObject object =
        CompilerDriver.compile(new SourceText("a.stp", script), CompilerSettings.defaults(), target)
            .object()
            .orElseThrow();
    byte[] bytes = ElfObjectWriter.write(object);
    assertThat(ElfObjectReader.read(bytes)).isEqualTo(new ObjectReading.Read(object));
    Output output =
        run(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t bpf bpf \"$1\" && bpftool prog loadall \"$0\" \"$1/programs\" && ls \"$1/programs\"",
            Files.write(directory.resolve("functions.bo"), bytes).toString(),
            Files.createDirectory(directory.resolve("bpf")).toString());
    assertThat(output.status()).as(output.text()).isZero();
    assertThat(output.text()).contains("p0_sched_switch", "p1_sched_switch");
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
