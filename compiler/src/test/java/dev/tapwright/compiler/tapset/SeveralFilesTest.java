package dev.tapwright.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.cli.StapCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several files of a library have of one name is kept apart, or is one. */
final class SeveralFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"begin", "kernel.trace(\"sched_switch\")"})
  void privateNamesAreOfTheirFile(String point) throws IOException {
    assumeTrue(
        point.equals("begin")
            || Files.isReadable(Path.of("/sys/kernel/tracing/events/header_page")),
        "needs root and tracefs");
    write(
        "one.stp",
        """
        private global count, names
        private function step(by) { return by + 1 }
        function one() { count += step(10); names["one"] = count; return count + names["one"] }
        """);
    write(
        "two.stp",
        """
        private global count, names
        private function step:string(by:string) { return by . "!" }
        function two() { count .= step("two"); names[1, 2] = count; return names[1, 2] }
        """);

    assertThat(
            run(
                """
                private global count = 5
                private function step() { return 100 }
                probe %s { count += step() println(count, " ", one(), " ", two()) exit() next }
                probe end { println(count > 100, " ", one() > 22, " ", isinstr(two(), "two!two!")) }
                """
                    .formatted(point)))
        .startsWith("105 22 two!\n")
        .endsWith("1 1 1\n");
  }

  /** SystemTap's library has an alias of the name, as its compiler once had. */
  @Test
  void aLibrarysInitIsTheOneThatEveryScriptHas() throws IOException {
    write("init.stp", "probe init = begin(-9223372036854775808) {}\n");

    assertThat(run("probe init { println(1) } probe init { println(2) exit() }"))
        .isEqualTo("1\n2\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String run(String script) throws IOException {
    Path output = folder.resolve("output");
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    StapCommand.run(
        List.of("-I", folder.toString(), "-o", output.toString(), "-e", script),
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream()),
        new PrintStream(messages, true, StandardCharsets.UTF_8));
    assertThat(messages.toString(StandardCharsets.UTF_8)).isEmpty();
    return Files.readString(output);
  }
}
