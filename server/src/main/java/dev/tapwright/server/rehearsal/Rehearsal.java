package dev.tapwright.server.rehearsal;

import com.google.gson.JsonPrimitive;
import dev.tapwright.server.LanguageServerMain;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does once what an editor does, in this process: see {@code bin/stap}. */
public final class Rehearsal {
  private static final String URI = "file:///rehearsal/script.stp";

  private static final List<String> SCRIPTS =
      List.of(
          """
          global counts, total = 0, names[100]
          function twice:long(n:long) { return n * 2 }
          probe begin { printf("%d %s\\n", twice(21), "begin"); x = undeclared(3) }
          probe kernel.trace("sched_switch") { counts[tid()]++; names[execname()] += 1; total++ }
          probe kernel.function("vfs_*").call { while (1) { next } }
          probe timer.s(1) {
            foreach (t in counts- limit 5) printf("%6d %8d\\n", t, counts[t])
            delete counts
            if (total > 10 && !(total & 1)) exit()
          }
          probe end { for (i = 0; i < 3; i++) println(i)
          """,
          """
          probe begin { printf("hello %d\\n", 6 * 7); exit() }
          probe kernel.trace("sched:sched_switch") { n[pid()]++ }
          global n
          probe end { foreach (p in n-) printf("%d %d\\n", p, n[p]) }
          """);

  private Rehearsal() {}

  /** Rehearses. */
  public static void main(String[] arguments) throws IOException {
    PipedInputStream toServer = new PipedInputStream(1 << 20);
    PipedInputStream fromServer = new PipedInputStream(1 << 20);
    PipedOutputStream clientEnd = new PipedOutputStream(toServer);
    PipedOutputStream serverEnd = new PipedOutputStream(fromServer);
    CompletableFuture<Integer> served =
        CompletableFuture.supplyAsync(() -> LanguageServerMain.serve(toServer, serverEnd));
    edit(new WireClient(fromServer, clientEnd));
    System.exit(served.join());
  }

  private static void edit(WireClient client) throws IOException {
    client.request(
        "initialize",
        """
        {"processId":null,"rootUri":null,"initializationOptions":{"client":{"runs":true,"output":true,"status":true}},
         "capabilities":{"workspace":{"configuration":true},"textDocument":{"hover":{"contentFormat":["markdown"]},
          "documentSymbol":{"hierarchicalDocumentSymbolSupport":true},"publishDiagnostics":{"relatedInformation":true}}}}
        """);
    client.notify("initialized", "{}");
    for (String script : SCRIPTS) {
      rehearse(client, script);
    }
    client.request("shutdown", "null");
    client.notify("exit", "null");
  }

  private static void rehearse(WireClient client, String script) throws IOException {
    String document = "\"textDocument\":{\"uri\":\"" + URI + "\"}";
    String text = new JsonPrimitive(script).toString();
    client.notify(
        "textDocument/didOpen",
        "{\"textDocument\":{\"uri\":\"" + URI + "\",\"languageId\":\"systemtap\",\"version\":1,\"text\":" + text + "}}");
    client.await("textDocument/publishDiagnostics");
    client.notify(
        "textDocument/didChange",
        "{\"textDocument\":{\"uri\":\"" + URI + "\",\"version\":2},\"contentChanges\":[{\"range\":"
            + "{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}},\"text\":\"# edited\\n\"}]}");
    client.await("textDocument/publishDiagnostics");
    client.request("textDocument/documentSymbol", "{" + document + "}");
    client.request("textDocument/codeLens", "{" + document + "}");
    long lines = script.lines().count() + 1;
    for (int line = 0; line < lines; line++) {
      for (int character : new int[] {6, 16, 24, 40}) {
        String position = document + ",\"position\":{\"line\":" + line + ",\"character\":" + character + "}";
        client.request("textDocument/hover", "{" + position + "}");
        client.request("textDocument/definition", "{" + position + "}");
        client.request("textDocument/completion", "{" + position + "}");
      }
    }
    client.request(
        "textDocument/codeAction",
        "{" + document + ",\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":" + lines
            + ",\"character\":0}},\"context\":{\"diagnostics\":[]}}");
    client.request("tapwright/compile", "{" + document + "}");
    client.notify("textDocument/didClose", "{" + document + "}");
  }
}
