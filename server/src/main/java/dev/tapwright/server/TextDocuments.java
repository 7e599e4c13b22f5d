package dev.tapwright.server;

import dev.tapwright.server.feature.CodeActions;
import dev.tapwright.server.feature.CodeLenses;
import dev.tapwright.server.feature.Completions;
import dev.tapwright.server.feature.Definitions;
import dev.tapwright.server.feature.DocumentSymbols;
import dev.tapwright.server.feature.Hovers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;

/**
 * Edits, which are applied here on the thread that reads messages, and requests about documents,
 * which are handed to features.
 */
final class TextDocuments implements TextDocumentService {
  private final Requests requests;

  TextDocuments(Requests requests) {
    this.requests = requests;
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    TextDocumentItem item = params.getTextDocument();
    requests.notice(
        session ->
            session
                .workspace()
                .open(
                    item.getUri(),
                    item.getVersion(),
                    Optional.ofNullable(item.getText()).orElse("")));
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    VersionedTextDocumentIdentifier document = params.getTextDocument();
    requests.notice(
        session ->
            session
                .workspace()
                .edit(
                    document.getUri(),
                    Optional.ofNullable(document.getVersion()).orElse(0),
                    params.getContentChanges()));
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    requests.notice(
        session -> {
          session.workspace().close(uri);
          session.publisher().clear(uri);
        });
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    // What a document is does not depend on whether it has been saved.
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return requests.whenReady(
        params.getTextDocument().getUri(),
        List.of(),
        (session, snapshot, analysis) ->
            DocumentSymbols.of(snapshot, analysis, session.features().hierarchicalSymbols()));
  }

  @Override
  public CompletableFuture<Hover> hover(HoverParams params) {
    return requests
        .whenComplete(
            params.getTextDocument().getUri(),
            Optional.<Hover>empty(),
            (session, snapshot, analysis) ->
                new Hovers(session.features().markdown(), session.workspace().target())
                    .at(snapshot, analysis, params.getPosition()))
        .thenApply(TextDocuments::orNull);
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    return requests.whenComplete(
        params.getTextDocument().getUri(),
        Either.forLeft(List.of()),
        (session, snapshot, analysis) ->
            Either.forLeft(
                new Definitions(session.translator())
                    .at(snapshot, analysis, params.getPosition())));
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    return requests.whenReady(
        params.getTextDocument().getUri(),
        Either.forLeft(List.of()),
        (session, snapshot, analysis) -> {
          Path folder = snapshot.document().folder().orElseGet(() -> Path.of("").toAbsolutePath());
          return Either.forRight(
              new Completions(session.workspace().view(), folder, session.features().snippets())
                  .at(snapshot, analysis, params.getPosition()));
        });
  }

  /** The protocol's "nothing". */
  @SuppressWarnings("NullAway")
  private static <T> T orNull(Optional<T> answer) {
    return answer.orElse(null);
  }

  @Override
  public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
    return requests.whenReady(
        params.getTextDocument().getUri(),
        List.of(),
        (_, snapshot, analysis) -> CodeLenses.of(snapshot, analysis));
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    return requests.whenComplete(
        params.getTextDocument().getUri(),
        List.of(),
        (session, snapshot, analysis) ->
            new CodeActions(session.translator()).of(snapshot, analysis, params));
  }
}
