package dev.tapwright.server;

import dev.tapwright.server.feature.DiagnosticTranslator;
import dev.tapwright.server.protocol.TapwrightClient;
import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.text.Document;
import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;

/** Tells the client what is wrong with its documents. */
record DiagnosticsPublisher(TapwrightClient client, DiagnosticTranslator translator) {
  /** Shows the diagnostics of a snapshot. */
  void publish(Snapshot snapshot, Analysis analysis) {
    Document document = snapshot.document();
    client.publishDiagnostics(
        new PublishDiagnosticsParams(
            document.uri(),
            translator.translate(document, analysis.diagnostics()),
            document.version()));
  }

  /**
   * Shows that the compiler itself has failed on a snapshot, so that what was shown of the version
   * before does not stay.
   */
  void publishFault(Snapshot snapshot, Throwable fault) {
    Document document = snapshot.document();
    String message =
        fault instanceof StackOverflowError
            ? "the script is nested too deeply to be understood"
            : "internal error, which is no fault of the script: " + fault;
    Diagnostic diagnostic = new Diagnostic(new Range(), message);
    diagnostic.setSeverity(DiagnosticSeverity.Error);
    diagnostic.setSource(DiagnosticTranslator.SOURCE);
    diagnostic.setCode("internal-error");
    client.publishDiagnostics(
        new PublishDiagnosticsParams(document.uri(), List.of(diagnostic), document.version()));
  }

  /** Shows none for a document that has been closed. */
  void clear(String uri) {
    client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
  }
}
