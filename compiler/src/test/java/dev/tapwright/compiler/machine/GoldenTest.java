package dev.tapwright.compiler.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the scripts of {@code goldens.txt} and compares with what SystemTap printed, byte for byte.
 */
class GoldenTest {
  /** What is not carried yet, or cannot be the same, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of("pp", "shows the number that the probe had among those of the run that was recorded");

  /** A script and what it prints. */
  private record Golden(String name, String declarations, String body, String output) {}

  @TestFactory
  List<DynamicTest> goldens() throws IOException {
    return read().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.name, () -> check(golden)))
        .toList();
  }

  private static void check(Golden golden) {
    String exception = EXCEPTIONS.getOrDefault(golden.name, "");
    assumeTrue(exception.isEmpty(), golden.name + " " + exception);

    ScriptRunner.Run run =
        ScriptRunner.run(
            golden.declarations
                + "\nprobe begin { try { "
                + golden.body
                + "\n} catch (oops) { println(\"ERROR: \", oops) } }\n");

    assertThat(run.errors()).isEmpty();
    assertThat(run.faults()).isEmpty();
    assertThat(run.output()).isEqualTo(golden.output);
  }

  private static List<Golden> read() throws IOException {
    String text;
    try (InputStream stream =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream("goldens.txt"))) {
      text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    }
    List<Golden> goldens = new ArrayList<>();
    for (String section : text.split("(?m)^== ")) {
      if (!section.startsWith("#")) {
        goldens.add(golden(section));
      }
    }
    return goldens;
  }

  private static Golden golden(String section) {
    String[] lines = section.split("\n");
    StringBuilder declarations = new StringBuilder();
    StringBuilder body = new StringBuilder();
    StringBuilder output = new StringBuilder();
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i];
      String value = line.substring(Math.min(line.length(), line.indexOf(':') + 2));
      switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
        case "decl" -> declarations.append(value).append('\n');
        case "body" -> body.append(value).append('\n');
        case "out" -> output.append(unescape(value)).append('\n');
        case "out-" -> output.append(unescape(value));
        case "" -> assertThat(line).isEmpty();
        default -> throw new IllegalStateException(line);
      }
    }
    return new Golden(lines[0], declarations.toString(), body.toString(), output.toString());
  }

  private static String unescape(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && text.charAt(i + 1) == 'x') {
        bytes.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else if (text.charAt(i) == '\\') {
        bytes.append(text.charAt(++i));
      } else {
        bytes.append(text.charAt(i));
      }
    }
    return bytes.toString();
  }
}
