package dev.tapwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, the server lives on and answers the next question. */
@Timeout(120)
class RobustnessTest {
  private static final String URI = "file:///nowhere/x.stp";
  private static final String SCRIPT = "probe begin { println(pid()) }\n";

  private static void answersStill(InProcessServer server) throws IOException {
    server.open(URI, SCRIPT);
    JsonObject hover = server.at("hover", URI, 0, 23);
    assertThat(hover.getAsJsonObject("result").toString()).contains("pid:long");
    assertThat(server.end()).isZero();
  }

  @Test
  void refusesRequestsBeforeInitialize() throws IOException {
    try (InProcessServer server =
        InProcessServer.start(new DriverCompiler(), RecordedMachine.TARGET)) {
      server
          .client()
          .notify(
              "textDocument/didOpen",
              "{\"textDocument\":{\"uri\":\"" + URI + "\",\"version\":1,\"text\":\"\"}}");
      JsonObject answer = server.at("hover", URI, 0, 0);
      assertThat(answer.getAsJsonObject("error").get("code").getAsInt()).isEqualTo(-32002);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"textDocument\":{\"uri\":\"file:///not/open.stp\"},\"position\":{\"line\":0,\"character\":0}}",
        "{\"textDocument\":{\"uri\":\"%%%\"},\"position\":{\"line\":0,\"character\":0}}",
        "{\"textDocument\":{\"uri\":\"\"},\"position\":{\"line\":-5,\"character\":-5}}",
        "{\"textDocument\":{\"uri\":\"file:///nowhere/y.stp\"},\"position\":{\"line\":2147483647,\"character\":2147483647}}",
        "{\"textDocument\":{\"uri\":\"file:///nowhere/y.stp\"},\"position\":{\"line\":0,\"character\":-1}}",
        "{}",
        "null",
      })
  void answersQuestionsAboutNothing(String parameters) throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.open("file:///nowhere/y.stp", "probe begin {}");
      for (String method :
          new String[] {"hover", "definition", "completion", "documentSymbol", "codeLens"}) {
        assertThat(server.client().request("textDocument/" + method, parameters).has("id"))
            .isTrue();
      }
      assertThat(server.client().request("tapwright/compile", parameters).has("id")).isTrue();
      answersStill(server);
    }
  }

  @Test
  void passesOverEditsThatMakeNoSense() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.edit("file:///not/open.stp", 7, 0, 0, 1, "x");
      server.open("file:///nowhere/z.stp", "probe begin {}\n");
      server.edit("file:///nowhere/z.stp", -3, 99, 5, 2, "junk é😀");
      server.edit("file:///nowhere/z.stp", -3, -1, -5, -2, "\"");
      server
          .client()
          .notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"file:///not/open.stp\"}}");
      server.client().notify("textDocument/didChange", "{}");
      server.client().notify("textDocument/didOpen", "null");
      server.client().notify("no/such/method", "[1]");
      assertThat(
              server
                  .client()
                  .request("no/such/request", "{}")
                  .getAsJsonObject("error")
                  .get("code")
                  .getAsInt())
          .isEqualTo(-32601);
      answersStill(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"targetKernel\":5,\"tapsetDirectories\":\"x\",\"guru\":\"yes\",\"elevation\":\"doas\",\"arguments\":[1]}",
        "[]",
        "\"x\"",
        "{\"client\":7,\"tapsetDirectories\":[\"\\u0000\"]}",
      })
  void passesOverSettingsThatMakeNoSense(String settings) throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, settings)) {
      server
          .client()
          .notify(
              "workspace/didChangeConfiguration",
              "{\"settings\":{\"tapwright\":" + settings + "}}");
      answersStill(server);
    }
  }

  @Test
  void takesLongLinesAndDeepNesting() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.open(
          "file:///nowhere/long.stp", "probe begin { x = \"" + "a".repeat(1 << 20) + "\" }");
      String deep = "probe begin { x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }";
      assertThat(server.open("file:///nowhere/deep.stp", deep)).isNotEmpty();
      server.open("file:///nowhere/empty.stp", "");
      answersStill(server);
    }
  }

  @Test
  void answersMessagesThatAreNotJson() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.client().send("{\"jsonrpc\":\"2.0\",");
      server.client().send("[]");
      answersStill(server);
    }
  }

  @Test
  void publishesOnlyWhatIsCurrent() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.open(URI, SCRIPT);
      for (int version = 2; version <= 200; version++) {
        server.edit(URI, version, 0, 14, 14, version == 200 ? "" : "x");
      }
      int last = 1;
      while (last < 200) {
        int version =
            server.client().await("textDocument/publishDiagnostics").get("version").getAsInt();
        assertThat(version).isGreaterThan(last);
        last = version;
      }
      assertThat(server.end()).isZero();
    }
  }

  @Test
  void takesDiagnosticsBackWhenADocumentIsClosed() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      JsonArray diagnostics = server.open(URI, "probe begin { prinltn(1) }");
      assertThat(diagnostics).isNotEmpty();
      server
          .client()
          .notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"" + URI + "\"}}");
      assertThat(
              server
                  .client()
                  .await("textDocument/publishDiagnostics")
                  .getAsJsonArray("diagnostics"))
          .isEmpty();
    }
  }

  @Test
  void compilesAgainWhenTheKernelChanges() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.open(URI, SCRIPT);
      server
          .client()
          .notify(
              "workspace/didChangeConfiguration",
              "{\"settings\":{\"tapwright\":{\"targetKernel\":\"4.14\"}}}");
      assertThat(server.client().await("textDocument/publishDiagnostics").get("version").getAsInt())
          .isEqualTo(1);
    }
  }

  @Test
  void endsWithoutShutdownAsAFailure() throws Exception {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.client().notify("exit", "null");
      assertThat(server.exitStatus().get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }
}
