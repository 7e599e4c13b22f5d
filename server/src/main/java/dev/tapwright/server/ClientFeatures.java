package dev.tapwright.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.tapwright.server.settings.ClientOptions;
import dev.tapwright.server.text.PositionEncoding;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.HoverCapabilities;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.PublishDiagnosticsCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;

/**
 * What the client can do, as far as answers depend on it.
 *
 * @param encoding what positions count
 * @param markdown whether hovers may be Markdown
 * @param hierarchicalSymbols whether the outline may have ranges of its own
 * @param relatedInformation whether diagnostics may speak of other places
 * @param codeDescriptions whether diagnostics may name a page that explains them
 * @param configuration whether it answers {@code workspace/configuration}
 * @param watchesConfiguration whether it can be asked to tell of changed settings
 * @param snippets whether completion may leave places to fill in
 * @param options what it understands of ours
 */
record ClientFeatures(
    PositionEncoding encoding,
    boolean markdown,
    boolean hierarchicalSymbols,
    boolean relatedInformation,
    boolean codeDescriptions,
    boolean configuration,
    boolean watchesConfiguration,
    boolean snippets,
    ClientOptions options) {
  static ClientFeatures of(InitializeParams params) {
    Optional<ClientCapabilities> all = Optional.ofNullable(params.getCapabilities());
    Optional<TextDocumentClientCapabilities> text = all.map(ClientCapabilities::getTextDocument);
    Optional<WorkspaceClientCapabilities> workspace = all.map(ClientCapabilities::getWorkspace);
    Optional<List<String>> encodings =
        all.map(ClientCapabilities::getGeneral)
            .map(GeneralClientCapabilities::getPositionEncodings);
    return new ClientFeatures(
        PositionEncoding.negotiate(encodings),
        text.map(TextDocumentClientCapabilities::getHover)
            .map(HoverCapabilities::getContentFormat)
            .map(formats -> formats.contains(MarkupKind.MARKDOWN))
            .orElse(false),
        text.map(TextDocumentClientCapabilities::getDocumentSymbol)
            .map(symbols -> symbols.getHierarchicalDocumentSymbolSupport())
            .orElse(false),
        text.map(TextDocumentClientCapabilities::getPublishDiagnostics)
            .map(PublishDiagnosticsCapabilities::getRelatedInformation)
            .orElse(false),
        text.map(TextDocumentClientCapabilities::getPublishDiagnostics)
            .map(PublishDiagnosticsCapabilities::getCodeDescriptionSupport)
            .orElse(false),
        workspace.map(WorkspaceClientCapabilities::getConfiguration).orElse(false),
        workspace
            .map(WorkspaceClientCapabilities::getDidChangeConfiguration)
            .map(changes -> changes.getDynamicRegistration())
            .orElse(false),
        text.map(TextDocumentClientCapabilities::getCompletion)
            .map(completion -> completion.getCompletionItem())
            .map(item -> item.getSnippetSupport())
            .orElse(false),
        ClientOptions.read(options(params)));
  }

  /** The {@code initializationOptions}; JSON's null when there are none. */
  static JsonElement options(InitializeParams params) {
    return params.getInitializationOptions() instanceof JsonElement json ? json : JsonNull.INSTANCE;
  }
}
