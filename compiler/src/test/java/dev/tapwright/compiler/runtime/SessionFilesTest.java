package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.syntax.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that a session serves. */
@Timeout(60)
class SessionFilesTest {
  private static Compilation compile(String script) {
    return CompilerDriver.compile(
        new SourceText("a.stp", script),
        CompilerSettings.defaults(),
        FixedTarget.of(KernelProfile.ofVersion(KernelVersion.of(6, 1))));
  }

  private static Path folder() {
    return Path.of(
        "/var/tmp/systemtap-" + System.getProperty("user.name"),
        "stap_" + ProcessHandle.current().pid());
  }

  @Test
  void answerWhoReadsAndHearWhoWrites() throws Exception {
    assumeTrue(Architecture.current().isPresent(), "needs Linux on x86-64 or aarch64");
    Compilation compilation =
        compile(
            """
            global n = 5
            probe procfs("count").read { $value = sprint("n=", n) $value .= ";" n++ }
            probe procfs.read.maxsize(3) { $value = "abcdef" }
            probe procfs("in/set").write { n = strtol($value, 10) printf("set <%s>", $value) }
            probe procfs("stop").write { exit() }
            probe end { print(" end ", n) }
            """);
    assertThat(compilation.diagnostics()).isEmpty();
    CompletableFuture<SessionRun> run =
        CompletableFuture.supplyAsync(() -> SessionRun.of(compilation.object().orElseThrow()));
    while (!Files.exists(folder().resolve("stop")) && !run.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(Files.readString(folder().resolve("count"))).isEqualTo("n=5;");
    assertThat(Files.readString(folder().resolve("count"))).isEqualTo("n=6;");
    Files.writeString(folder().resolve("in/set"), "40", java.nio.file.StandardOpenOption.WRITE);
    // Writers do not wait for the handler; what another file's reader gets comes after it.
    String count = Files.readString(folder().resolve("count"));
    while (count.equals("n=7;")) {
      count = Files.readString(folder().resolve("count"));
    }
    assertThat(Files.readString(folder().resolve("command"))).isEqualTo("abc");
    Files.writeString(folder().resolve("stop"), "x", java.nio.file.StandardOpenOption.WRITE);
    assertThat(run.get().output()).startsWith("set <40> end 4");
    assertThat(run.get().messages()).isEmpty();
    assertThat(folder()).doesNotExist();
  }

  /** Each gets a whole text, however many come at the same moment. */
  @Test
  void answerManyWhoReadAtOnce() throws Exception {
    assumeTrue(Architecture.current().isPresent(), "needs Linux on x86-64 or aarch64");
    Compilation compilation =
        compile(
            """
            global n
            probe procfs("text").read { $value = "begin " . sprint(++n) . " 0123456789 end" }
            probe procfs("stop").write { exit() }
            """);
    CompletableFuture<SessionRun> run =
        CompletableFuture.supplyAsync(() -> SessionRun.of(compilation.object().orElseThrow()));
    while (!Files.exists(folder().resolve("stop")) && !run.isDone()) {
      Thread.onSpinWait();
    }
    Path file = folder().resolve("text");
    for (int round = 0; round < 20; round++) {
      List<CompletableFuture<String>> readers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        for (int i = 0; i < 8; i++) {
          readers.add(CompletableFuture.supplyAsync(() -> read(file), threads));
        }
      }
      for (CompletableFuture<String> reader : readers) {
        assertThat(reader.get()).matches("begin \\d+ 0123456789 end");
      }
    }
    Files.writeString(folder().resolve("stop"), "x", java.nio.file.StandardOpenOption.WRITE);
    assertThat(run.get().messages()).isEmpty();
    assertThat(folder()).doesNotExist();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void goOneWay() {
    assertThat(
            compile(
                    """
                    probe procfs("a").read { $value = "x" }
                    probe procfs("a").write { println($value) }
                    """)
                .diagnostics())
        .extracting(diagnostic -> diagnostic.message())
        .containsExactly(
            "file 'a' is both read and written: here it is a pipe, which goes one way");
  }
}
