package dev.tapwright.server;

import dev.tapwright.server.feature.DiagnosticTranslator;
import dev.tapwright.server.protocol.TapwrightClient;
import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.text.Document;
import java.util.List;
import org.eclipse.lsp4j.PublishDiagnosticsParams;

/** Tells the client what is wrong with its documents. */
record DiagnosticsPublisher(TapwrightClient client, DiagnosticTranslator translator) {
  /** Shows the diagnostics of a snapshot. */
  void publish(Snapshot snapshot, Analysis analysis) {
    Document document = snapshot.document();
    client.publishDiagnostics(
        new PublishDiagnosticsParams(
            document.uri(), translator.translate(document, analysis.diagnostics()), document.version()));
  }

  /** Shows none for a document that has been closed. */
  void clear(String uri) {
    client.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
  }
}
