package dev.tapwright.server;

import dev.tapwright.server.protocol.CompileResult;
import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * From a request to a feature's answer: finds the session and the snapshot, waits, and turns
 * failures into the protocol's errors.
 */
final class Requests {
  private volatile Optional<ServerSession> session = Optional.empty();

  /** The session; empty before {@code initialize}. */
  Optional<ServerSession> session() {
    return session;
  }

  void begin(ServerSession begun) {
    session = Optional.of(begun);
  }

  /** Passes a notification on; before {@code initialize} it is dropped, as the protocol says. */
  void notice(Consumer<ServerSession> action) {
    session.ifPresent(action);
  }

  /** What a feature makes of a snapshot and its analysis. */
  @FunctionalInterface
  interface Feature<T> {
    T answer(ServerSession session, Snapshot snapshot, Analysis analysis);
  }

  /**
   * Answers from the first analysis of a document's current snapshot, or the complete one when that
   * is there already.
   *
   * @param none the answer for a document that is not open, and when the compiler has failed
   */
  <T> CompletableFuture<T> whenReady(String uri, T none, Feature<T> feature) {
    return answer(
        uri,
        none,
        snapshot -> snapshot.complete().isDone() ? snapshot.complete() : snapshot.ready(),
        feature);
  }

  /** Answers from the complete analysis. */
  <T> CompletableFuture<T> whenComplete(String uri, T none, Feature<T> feature) {
    return answer(uri, none, Snapshot::complete, feature);
  }

  /** Compiles a document to a file. */
  CompletableFuture<CompileResult> compile(String uri) {
    return inSession(
        begun ->
            translated(begun.compiling().compile(uri))
                .thenApply(
                    result ->
                        result.orElseThrow(
                            () ->
                                error(
                                    ResponseErrorCode.InvalidParams, "No such document: " + uri))));
  }

  /** Does something within the session. */
  <T> CompletableFuture<T> inSession(Function<ServerSession, CompletableFuture<T>> action) {
    return session
        .map(action)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    error(ResponseErrorCode.ServerNotInitialized, "initialize comes first")));
  }

  private <T> CompletableFuture<T> answer(
      String uri,
      T none,
      Function<Snapshot, CompletableFuture<Analysis>> moment,
      Feature<T> feature) {
    return inSession(
        begun -> {
          Optional<Snapshot> snapshot = begun.workspace().snapshot(uri);
          return snapshot.isEmpty()
              ? CompletableFuture.completedFuture(none)
              : guarded(
                  begun,
                  none,
                  moment
                      .apply(snapshot.get())
                      .thenApplyAsync(
                          analysis -> feature.answer(begun, snapshot.get(), analysis),
                          begun.workers()));
        });
  }

  /**
   * A superseded snapshot gives {@code ContentModified}; a fault of ours is logged, and the answer
   * is that there is nothing.
   */
  private static <T> CompletableFuture<T> guarded(
      ServerSession session, T none, CompletableFuture<T> answer) {
    return Requests.<T>translated(answer)
        .exceptionally(
            fault -> {
              if (Faults.cause(fault) instanceof ResponseErrorException expected) {
                throw expected;
              }
              session.reportFault(fault);
              return none;
            });
  }

  private static <T> CompletableFuture<T> translated(CompletableFuture<T> answer) {
    return answer.exceptionallyCompose(
        fault ->
            Faults.cause(fault) instanceof CancellationException
                ? CompletableFuture.failedFuture(
                    error(ResponseErrorCode.ContentModified, "the document has changed"))
                : CompletableFuture.failedFuture(fault));
  }

  /** An error answer. */
  static ResponseErrorException error(ResponseErrorCode code, String message) {
    return new ResponseErrorException(new ResponseError(code, message, null));
  }
}
