package dev.tapwright.compiler.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A script, and what it prints: {@code goldens.txt} is what SystemTap's module back end printed,
 * {@code defects.txt} what its BPF back end gets wrong.
 *
 * @param declarations what stands outside of the probe
 * @param body what the probe's handler tries
 * @param output byte for byte
 */
public record Golden(String name, String declarations, String body, String output) {
  /** What cannot be the same in another run, and why. */
  private static final Map<String, String> VARYING =
      Map.of("pp", "shows the number that the probe had among those of the run that was recorded");

  /** Skips the test where the output is of that one run only. */
  public void assumeItRepeats() {
    assumeTrue(!VARYING.containsKey(name), name + " " + VARYING.get(name));
  }

  /** What the handler does: it runs the body, and prints the error that the body ends with. */
  public String handler() {
    return "try { " + body + "\n} catch (oops) { println(\"ERROR: \", oops) }";
  }

  /** All of both files, in their order. */
  public static List<Golden> all() throws IOException {
    List<Golden> goldens = new ArrayList<>(read("goldens.txt"));
    goldens.addAll(read("defects.txt"));
    return goldens;
  }

  private static List<Golden> read(String file) throws IOException {
    String text;
    try (InputStream stream = Objects.requireNonNull(Golden.class.getResourceAsStream(file))) {
      text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    }
    List<Golden> goldens = new ArrayList<>();
    for (String section : text.split("(?m)^== ")) {
      if (!section.startsWith("#")) {
        goldens.add(of(section));
      }
    }
    return goldens;
  }

  private static Golden of(String section) {
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
