package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.SemanticSummaryPrinter.Bodies;
import dev.tapwright.compiler.analysis.SemanticSummaryPrinter.Runtime;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts under {@code summary/}, and beside each what {@code -p2} prints: {@code .bpf}, {@code
 * .kernel}, and with {@code -v} {@code .verbose}, as SystemTap 4.8 prints it.
 */
class SemanticSummaryTest {
  static Stream<Path> summaries() {
    return Stream.concat(
        Scripts.resources("summary", ".bpf").stream(),
        Scripts.resources("summary", ".kernel").stream());
  }

  static Stream<Path> bodies() {
    return Scripts.resources("summary", ".verbose").stream();
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void printsTheSummary(Path expected) {
    String name = expected.getFileName().toString();
    Runtime runtime = name.endsWith(".bpf") ? Runtime.BPF : Runtime.KERNEL;
    Path script = expected.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".stp");
    AnalysisResult result = Scripts.analyze(Scripts.read(script));
    assertThat(result.diagnostics()).noneMatch(diagnostic -> diagnostic.isError());
    assertThat(result.program().map(program -> SemanticSummaryPrinter.print(program, runtime)))
        .contains(Scripts.read(expected));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void printsBodies(Path expected) {
    String name = expected.getFileName().toString();
    Path script = expected.resolveSibling(name.replace(".verbose", ".stp"));
    AnalysisResult result = Scripts.analyze(Scripts.read(script));
    assertThat(
            result
                .program()
                .map(
                    program ->
                        SemanticSummaryPrinter.print(program, Runtime.BPF, Bodies.SIMPLIFIED)))
        .contains(Scripts.read(expected));
  }
}
