package dev.tapwright.server.rehearsal;

import com.google.gson.JsonPrimitive;
import dev.tapwright.compiler.cli.StapCommand;
import dev.tapwright.compiler.cli.StapbpfCommand;
import dev.tapwright.server.LanguageServerMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does once, in this process, what the command lines and an editor do: see {@code bin/stap}. */
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

  private static final String HELLO = "probe begin { printf(\"hello %d\\n\", 6 * 7); exit() }";

  /**
   * How often the first line is edited: enough for the run time's profile of what is called how
   * often.
   */
  private static final int KEYSTROKES = 60;

  private static final String[] TYPED = {"#", "\\n", "# x", "\\n"};

  private Rehearsal() {}

  /** Rehearses. */
  public static void main(String[] arguments) throws IOException {
    runCommands();
    System.exit(serveAnEditor());
  }

  private static void runCommands() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("tapwright-");
    Path object = folder.resolve("hello.bo");
    for (String script : SCRIPTS) {
      for (String pass : List.of("-p1", "-p2")) {
        stap(nowhere, pass, "-v", "-e", script);
      }
    }
    stap(nowhere, "-p4", "-v", "-m", folder.resolve("hello").toString(), "-e", HELLO);
    StapbpfCommand.run(List.of("-v", object.toString()), nowhere, nowhere);
    stap(nowhere, "-e", HELLO);
    Files.deleteIfExists(object);
    Files.deleteIfExists(folder);
  }

  private static void stap(PrintStream output, String... arguments) {
    StapCommand.run(List.of(arguments), InputStream.nullInputStream(), output, output);
  }

  private static int serveAnEditor() throws IOException {
    PipedInputStream toServer = new PipedInputStream(1 << 20);
    PipedInputStream fromServer = new PipedInputStream(1 << 20);
    PipedOutputStream clientEnd = new PipedOutputStream(toServer);
    PipedOutputStream serverEnd = new PipedOutputStream(fromServer);
    CompletableFuture<Integer> served =
        CompletableFuture.supplyAsync(() -> LanguageServerMain.serve(toServer, serverEnd));
    edit(new WireClient(fromServer, clientEnd));
    return served.join();
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
        "{\"textDocument\":{\"uri\":\""
            + URI
            + "\",\"languageId\":\"systemtap\",\"version\":1,\"text\":"
            + text
            + "}}");
    client.await("textDocument/publishDiagnostics");
    for (int version = 2; version < 2 + KEYSTROKES; version++) {
      client.notify(
          "textDocument/didChange",
          "{\"textDocument\":{\"uri\":\"%s\",\"version\":%d},\"contentChanges\":[{\"range\":%s,\"text\":\"%s\"}]}"
              .formatted(
                  URI,
                  version,
                  "{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}}",
                  TYPED[version % TYPED.length]));
      client.await("textDocument/publishDiagnostics");
    }
    client.request("textDocument/documentSymbol", "{" + document + "}");
    client.request("textDocument/codeLens", "{" + document + "}");
    long lines = script.lines().count() + 1;
    for (int line = 0; line < lines; line++) {
      for (int character : new int[] {6, 16, 24, 40}) {
        String position =
            document + ",\"position\":{\"line\":" + line + ",\"character\":" + character + "}";
        client.request("textDocument/hover", "{" + position + "}");
        client.request("textDocument/definition", "{" + position + "}");
        client.request("textDocument/completion", "{" + position + "}");
      }
    }
    client.request(
        "textDocument/codeAction",
        "{"
            + document
            + ",\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":"
            + lines
            + ",\"character\":0}},\"context\":{\"diagnostics\":[]}}");
    client.request("tapwright/compile", "{" + document + "}");
    client.notify("textDocument/didClose", "{" + document + "}");
  }
}
