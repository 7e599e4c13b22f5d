package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.SemanticSummaryPrinter.Runtime;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts under {@code summary/}, and beside each what {@code -p2} prints: {@code .bpf}, {@code
 * .kernel}.
 */
class SemanticSummaryTest {
  static Stream<Path> summaries() {
    return Stream.concat(
        Scripts.resources("summary", ".bpf").stream(),
        Scripts.resources("summary", ".kernel").stream());
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
}
