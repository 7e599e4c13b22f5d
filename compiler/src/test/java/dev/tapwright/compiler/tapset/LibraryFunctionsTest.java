package dev.tapwright.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.cli.StapCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What library functions give in a begin probe, by the table {@code functions.txt}. */
final class LibraryFunctionsTest {
  @TempDir Path folder;

  @Test
  void functionsGiveWhatTheTableSays() throws IOException {
    StringBuilder script = new StringBuilder("probe begin {\n");
    List<String> expected = new ArrayList<>();
    for (String line : table()) {
      int arrow = line.lastIndexOf(" => ");
      String call = line.substring(0, arrow);
      script.append("  println(").append(call).append(")\n");
      expected.add(call + " => " + line.substring(arrow + 4));
    }
    List<String> given = run(script + "  exit()\n}\n").lines().toList();

    List<String> calls = expected.stream().map(line -> line.replaceFirst(" => .*", "")).toList();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < Math.min(given.size(), calls.size()); i++) {
      answers.add(calls.get(i) + " => " + given.get(i));
    }
    assertThat(answers).isEqualTo(expected);
  }

  @Test
  void outputThatIsKeptComesWhenItIsWanted() throws IOException {
    assertThat(
            run(
                """
                probe begin {
                  id = speculation()
                  speculate(id, "a")
                  other = speculation()
                  speculate(other, "x")
                  speculate(id, "b\\n")
                  discard(other)
                  commit(id)
                  commit(other)
                  exit()
                }
                """))
        .isEqualTo("ab\n");
  }

  @Test
  void queuesAndStopwatchesCount() throws IOException {
    assertThat(
            run(
                """
                probe begin {
                  qsq_start("q")
                  qs_wait("q")
                  qs_run("q")
                  start_stopwatch("w")
                }
                probe timer.ms(100) {
                  stop_stopwatch("w")
                  qs_done("q")
                  printf("%d %d %d\\n", qsq_service_time("q", 1) > 50000, qsq_utilization("q", 100) > 90,
                    read_stopwatch_ms("w") >= 90)
                  delete_stopwatch("w")
                  println(read_stopwatch_us("w"))
                  exit()
                }
                """))
        .isEqualTo("1 1 1\n0\n");
  }

  @Test
  void globalsOfTheScriptAreNotTheLocalsOfFunctions() throws IOException {
    assertThat(
            run(
                """
                global a = 5, exponent, whole = "w"
                probe begin {
                  exponent["x"] = 7
                  println(fp_to_string(long_to_fp(3), 1), a, exponent["x"], whole)
                  exit()
                }
                """))
        .isEqualTo("3.057w\n");
  }

  private String run(String script) throws IOException {
    Path output = folder.resolve("output");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StapCommand.run(
        List.of("-o", output.toString(), "-e", script),
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream()),
        new PrintStream(err, false, StandardCharsets.UTF_8));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    return Files.readString(output);
  }

  private static List<String> table() throws IOException {
    try (InputStream stream = LibraryFunctionsTest.class.getResourceAsStream("functions.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.contains(" => ") && !line.startsWith("#"))
          .toList();
    }
  }
}
