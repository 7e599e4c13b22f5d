package dev.tapwright.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.driver.DiagnosticPages;
import dev.tapwright.server.text.Document;
import dev.tapwright.server.text.PositionEncoding;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticTranslatorTest {
  @Test
  void linksThePageThatExplains() {
    Document document =
        Document.of("file:///nowhere/x.stp", 1, "probe begin { }", PositionEncoding.UTF_16);
    Diagnostic diagnostic =
        Diagnostic.error(
            AnalysisCodes.NO_PROBES, new Span(document.source(), 0, 5), "no probes found");
    String launchers = System.getProperty("tapwright.bin", "");
    System.setProperty("tapwright.bin", Path.of("../bin").toAbsolutePath().toString());
    try {
      String link =
          new DiagnosticTranslator(PositionEncoding.UTF_16, true, DiagnosticPages.installed())
              .translate(document, List.of(diagnostic))
              .getFirst()
              .getCodeDescription()
              .getHref();
      assertThat(link).startsWith("file:///").endsWith("/docs/diagnostics/no-probes.md");
      assertThat(Path.of(java.net.URI.create(link))).matches(Files::isRegularFile);
    } finally {
      System.setProperty("tapwright.bin", launchers);
    }
  }

  @Test
  void linksNothingForClientsThatDoNotAskForIt() {
    Document document = Document.of("file:///nowhere/x.stp", 1, "x", PositionEncoding.UTF_16);
    Diagnostic diagnostic =
        Diagnostic.error(AnalysisCodes.NO_PROBES, new Span(document.source(), 0, 1), "no probes");
    assertThat(
            new DiagnosticTranslator(PositionEncoding.UTF_16, true, DiagnosticPages.none())
                .translate(document, List.of(diagnostic))
                .getFirst()
                .getCodeDescription())
        .isNull();
  }
}
