package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.agreement.PackagedStap;
import dev.tapwright.compiler.analysis.SemanticSummaryPrinter.Runtime;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts of {@code packaged-stap.txt}, one a line, through the {@code stap -p2 --runtime=bpf}
 * that the machine has: the one error that we give must be among theirs, which often are several
 * for one thing, or the globals, functions and probes the same. Skipped where there is no stap.
 */
class PackagedStapTest {
  private static final Path STAP = Path.of("/usr/bin/stap");

  @TempDir static Path kernelBuild;

  static Stream<String> scripts() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PackagedStapTest.class.getResourceAsStream("packaged-stap.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  /** What stap wants to see of a kernel before it looks at a script. */
  @BeforeAll
  static void prepareKernelBuild() throws IOException {
    PackagedStap.prepare(kernelBuild);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void agrees(String script) throws Exception {
    List<String> theirs = stap("-p2", script);
    AnalysisResult result = Scripts.analyze(script);
    List<String> errors =
        result.diagnostics().stream()
            .filter(Diagnostic::isError)
            .map(diagnostic -> withoutSimilar(diagnostic.message()))
            .toList();
    boolean isRefused = theirs.stream().anyMatch(line -> line.startsWith("semantic error: "));
    List<String> theirErrors =
        // Without -v, errors like one before are left out.
        (isRefused ? stap("-v", script) : theirs)
            .stream()
                .filter(
                    line ->
                        line.startsWith("semantic error: ")
                            && !line.contains("while resolving probe point"))
                .map(
                    line ->
                        withoutSimilar(withoutPlace(line.substring("semantic error: ".length()))))
                .toList();
    if (theirErrors.isEmpty()) {
      assertThat(errors).isEmpty();
      String ours = SemanticSummaryPrinter.print(result.program().orElseThrow(), Runtime.BPF);
      assertThat(summary(ours.lines().toList())).isEqualTo(summary(theirs));
    } else {
      assertThat(errors).as(String.join("\n", theirs)).hasSize(1).isSubsetOf(theirErrors);
    }
  }

  private static List<String> stap(String option, String script)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            STAP.toString(),
            "-r",
            kernelBuild.toString(),
            option,
            "-p2",
            "--runtime=bpf",
            "-e",
            script);
    builder.environment().put("SYSTEMTAP_NOSIGN", "1");
    Path output = Files.createTempFile(kernelBuild, "stap", ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("stap answers").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output, StandardCharsets.ISO_8859_1);
  }

  /** The message of a line such as {@code unresolved type : identifier 'x' at <input>:1:23}. */
  private static String withoutPlace(String message) {
    for (String kind : List.of("identifier ", "operator ", "number ", "string ", "keyword ")) {
      int at = message.lastIndexOf(": " + kind);
      if (at >= 0) {
        return message.substring(0, at).strip();
      }
    }
    int at = message.indexOf(" at <input>");
    return (at < 0 ? message : message.substring(0, at)).strip();
  }

  private static String withoutSimilar(String message) {
    int at = message.indexOf(" (similar");
    return (at < 0 ? message : message.substring(0, at)).strip();
  }

  /**
   * The lines about the script itself: without what the packaged tapset adds to carry {@code exit},
   * {@code pid} and the like, and without the probe that it adds for conditions.
   */
  private static List<String> summary(List<String> lines) {
    List<String> kept = new ArrayList<>();
    String section = "";
    for (String line : lines) {
      if (line.startsWith("# ") || line.equals("  # locals")) {
        section = line.strip().substring(2).toLowerCase(Locale.ROOT);
      } else if (line.startsWith("WARNING")
          || line.startsWith(" source")
          || line.isBlank()
          || line.strip().equals("^")) {
        section = line.startsWith("WARNING") ? "" : section;
      } else if (!section.isEmpty()
          && !line.strip().startsWith("_")
          && !line.startsWith("Number of")
          && !line.startsWith("Rerun")) {
        boolean isProvided =
            section.equals("functions") && line.matches("(exit|error|strlen|pid):.*");
        if (!isProvided) {
          kept.add(
              (line.startsWith("  ") ? "local" : section.equals("locals") ? "probes" : section)
                  + " "
                  + line.strip());
        }
      }
    }
    return kept;
  }
}
