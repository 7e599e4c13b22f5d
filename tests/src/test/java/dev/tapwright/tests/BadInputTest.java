package dev.tapwright.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.tests.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a person hands to the commands, they answer with a message. */
class BadInputTest {
  @TempDir Path directory;

  private static Map<String, byte[]> scripts() {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    byte[] line = new byte[1 << 20];
    Arrays.fill(line, (byte) 'x');
    byte[] parentheses = new byte[10_000];
    Arrays.fill(parentheses, (byte) '(');
    return Map.of(
        "empty",
        new byte[0],
        "garbage",
        garbage,
        "line",
        line,
        "parentheses",
        parentheses,
        "unterminated",
        "probe begin { print(\"".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "zeros",
        new byte[1000]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "garbage", "line", "parentheses", "unterminated", "zeros"})
  void badScriptGetsAMessage(String name) throws IOException {
    byte[] content = scripts().getOrDefault(name, new byte[0]);
    Files.write(directory.resolve("bad.stp"), content);
    Result result = Command.stap(directory, "-p4", "bad.stp");
    assertIsMessage(result);
    assertThat(result.err()).contains("Pass 1: parse failed.").contains("bad.stp");
  }

  @Test
  void truncatedObjectGetsAMessage() throws IOException {
    byte[] whole = object();
    for (int length : new int[] {0, 1, 63, 64, whole.length / 2, whole.length - 1}) {
      Files.write(directory.resolve("cut.bo"), Arrays.copyOf(whole, length));
      assertIsMessage(Command.stapbpf(directory, "cut.bo"));
    }
  }

  @Test
  void missingFilesGetAMessage() {
    Result script = Command.stap(directory, "absent.stp");
    assertIsMessage(script);
    assertThat(script.err()).startsWith("Input file 'absent.stp' is missing.\n");
    assertIsMessage(Command.stapbpf(directory, "absent.bo"));
  }

  private byte[] object() throws IOException {
    Files.copy(Command.root().resolve("examples/switches.stp"), directory.resolve("switches.stp"));
    Result result = Command.stap(directory, "-p4", "-m", "switches", "switches.stp");
    assertThat(result).isEqualTo(new Result(0, "switches.bo\n", ""));
    return Files.readAllBytes(directory.resolve("switches.bo"));
  }

  private static void assertIsMessage(Result result) {
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(result.err().length()).isLessThan(100_000);
  }
}
