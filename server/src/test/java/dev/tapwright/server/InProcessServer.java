package dev.tapwright.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.rehearsal.WireClient;
import dev.tapwright.server.snapshot.SnapshotCompiler;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;

/** A server in this process, with a client that talks to it over pipes as an editor would. */
final class InProcessServer implements AutoCloseable {
  static final String CAPABILITIES =
      """
      {"textDocument":{"hover":{"contentFormat":["markdown","plaintext"]},
        "documentSymbol":{"hierarchicalDocumentSymbolSupport":true},
        "publishDiagnostics":{"relatedInformation":true,"codeDescriptionSupport":true}}}
      """;

  private final WireClient client;
  private final CompletableFuture<Integer> exitStatus;

  private InProcessServer(WireClient client, CompletableFuture<Integer> exitStatus) {
    this.client = client;
    this.exitStatus = exitStatus;
  }

  /** A server that has not been initialized. */
  static InProcessServer start(SnapshotCompiler compiler, Target machine) throws IOException {
    PipedInputStream toServer = new PipedInputStream(1 << 20);
    PipedInputStream fromServer = new PipedInputStream(1 << 20);
    PipedOutputStream clientEnd = new PipedOutputStream(toServer);
    PipedOutputStream serverEnd = new PipedOutputStream(fromServer);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () ->
                LanguageServerMain.serve(
                    new TapwrightLanguageServer(compiler, () -> machine), toServer, serverEnd));
    return new InProcessServer(new WireClient(fromServer, clientEnd), status);
  }

  /** A server that is ready for documents. */
  static InProcessServer ready(Target machine, String settings) throws IOException {
    InProcessServer server = start(new DriverCompiler(), machine);
    server.client.request(
        "initialize",
        "{\"processId\":null,\"capabilities\":"
            + CAPABILITIES
            + ",\"initializationOptions\":"
            + settings
            + "}");
    server.client.notify("initialized", "{}");
    return server;
  }

  WireClient client() {
    return client;
  }

  /**
   * Opens a document and waits for its diagnostics, those that need no fact that is still being
   * read.
   */
  JsonArray open(String uri, String text) throws IOException {
    client.notify(
        "textDocument/didOpen",
        "{\"textDocument\":{\"uri\":\""
            + uri
            + "\",\"languageId\":\"systemtap\",\"version\":1,\"text\":"
            + quoted(text)
            + "}}");
    return client.await("textDocument/publishDiagnostics").getAsJsonArray("diagnostics");
  }

  /** Replaces characters of one line. */
  void edit(String uri, int version, int line, int from, int to, String text) throws IOException {
    client.notify(
        "textDocument/didChange",
        "{\"textDocument\":{\"uri\":\"%s\",\"version\":%d},\"contentChanges\":[{\"range\":{\"start\":%s,\"end\":%s},\"text\":%s}]}"
            .formatted(uri, version, position(line, from), position(line, to), quoted(text)));
  }

  /**
   * Asks about a position; gives the answer's {@code result}, or the whole answer when it is an
   * error.
   */
  JsonObject at(String method, String uri, int line, int character) throws IOException {
    return client.request(
        "textDocument/" + method,
        "{\"textDocument\":{\"uri\":\""
            + uri
            + "\"},\"position\":"
            + position(line, character)
            + "}");
  }

  static String position(int line, int character) {
    return "{\"line\":" + line + ",\"character\":" + character + "}";
  }

  static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  /** Ends it in order; gives its exit status. */
  int end() throws IOException {
    client.request("shutdown", "null");
    client.notify("exit", "null");
    return exitStatus.join();
  }

  CompletableFuture<Integer> exitStatus() {
    return exitStatus;
  }

  @Override
  public void close() throws IOException {
    if (!exitStatus.isDone()) {
      client.notify("exit", "null");
    }
  }
}
