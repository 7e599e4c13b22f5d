package dev.tapwright.server;

import dev.tapwright.server.run.RunCommands;
import java.util.List;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;

/** What the server tells a client that it can do. */
final class Capabilities {
  private Capabilities() {}

  static ServerCapabilities of(ClientFeatures client) {
    ServerCapabilities capabilities = new ServerCapabilities();
    capabilities.setPositionEncoding(client.encoding().kind());
    TextDocumentSyncOptions synchronization = new TextDocumentSyncOptions();
    synchronization.setOpenClose(true);
    synchronization.setChange(TextDocumentSyncKind.Incremental);
    capabilities.setTextDocumentSync(synchronization);
    capabilities.setHoverProvider(true);
    capabilities.setDocumentSymbolProvider(true);
    capabilities.setDefinitionProvider(true);
    capabilities.setCompletionProvider(
        new CompletionOptions(false, List.of(".", "\"", "(", "@", "$", ":")));
    capabilities.setCodeLensProvider(new CodeLensOptions(false));
    capabilities.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
    if (!client.options().runs()) {
      capabilities.setExecuteCommandProvider(new ExecuteCommandOptions(RunCommands.OFFERED));
    }
    return capabilities;
  }
}
