package dev.tapwright.server.snapshot;

import dev.tapwright.server.settings.ServerSettings;
import dev.tapwright.server.text.Document;
import java.util.concurrent.CompletableFuture;

/** One version of a document with the settings of that moment, and what becomes known of it. */
public final class Snapshot {
  private final Document document;
  private final ServerSettings settings;
  private final CompletableFuture<Analysis> ready = new CompletableFuture<>();
  private final CompletableFuture<Analysis> complete = new CompletableFuture<>();

  Snapshot(Document document, ServerSettings settings) {
    this.document = document;
    this.settings = settings;
  }

  /** The text. */
  public Document document() {
    return document;
  }

  /** The settings that it is analysed with. */
  public ServerSettings settings() {
    return settings;
  }

  /** The first analysis, perhaps not complete; cancelled when a newer version comes first. */
  public CompletableFuture<Analysis> ready() {
    return ready;
  }

  /** The complete analysis; cancelled when a newer version comes first. */
  public CompletableFuture<Analysis> complete() {
    return complete;
  }

  /** Gives a result to whoever waits for one. */
  void deliver(Analysis analysis) {
    if (analysis.isComplete()) {
      complete.complete(analysis);
    }
    ready.complete(analysis);
  }

  /** Tells whoever waits that the compiler has failed. */
  void fail(Throwable fault) {
    ready.completeExceptionally(fault);
    complete.completeExceptionally(fault);
  }

  /** Tells whoever waits that nothing will come. */
  void cancel() {
    ready.cancel(false);
    complete.cancel(false);
  }
}
