package dev.tapwright.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.tapwright.server.rehearsal.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/stap --language-server} as a process, over its standard input and output. */
@Timeout(180)
class LanguageServerProcessTest {
  private static final Path LAUNCHER = Path.of("../bin/stap").toAbsolutePath().normalize();
  private static final String DOCUMENT = "\"textDocument\":{\"uri\":\"file:///nowhere/x.stp\"}";

  @TempDir Path folder;

  private Process start(Path launcher) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--language-server");
    builder.directory(folder.toFile());
    builder.environment().put("TAPWRIGHT_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private static WireClient initialized(Process server, String processId) throws IOException {
    WireClient client = new WireClient(server.getInputStream(), server.getOutputStream());
    JsonObject answer =
        client.request(
            "initialize",
            "{\"processId\":" + processId + ",\"capabilities\":{},\"initializationOptions\":{}}");
    assertThat(answer.getAsJsonObject("result").has("capabilities")).isTrue();
    client.notify("initialized", "{}");
    return client;
  }

  private static JsonObject open(WireClient client, String text) throws IOException {
    client.notify(
        "textDocument/didOpen",
        "{\"textDocument\":{\"uri\":\"file:///nowhere/x.stp\",\"languageId\":\"systemtap\",\"version\":1,\"text\":\""
            + text
            + "\"}}");
    return client.await("textDocument/publishDiagnostics");
  }

  @Test
  void servesFromAnyFolderThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("my-stap"), LAUNCHER);
    Process server = start(link);
    WireClient client = initialized(server, "null");
    assertThat(open(client, "probe begin { prinltn(1) }").toString())
        .contains("unresolved function prinltn");
    open(client, "probe begin { println(pid()) exit() }");
    JsonObject hover =
        client.request(
            "textDocument/hover", "{" + DOCUMENT + ",\"position\":{\"line\":0,\"character\":23}}");
    assertThat(hover.toString()).contains("pid:long ()");
    JsonObject compiled =
        client.request("tapwright/compile", "{" + DOCUMENT + "}").getAsJsonObject("result");
    assertThat(compiled.get("errors").getAsInt()).isZero();
    assertThat(compiled.get("needsPrivilege").getAsBoolean()).isFalse();
    Path object = Path.of(compiled.get("object").getAsString());
    assertThat(object).exists();
    List<String> command =
        compiled.getAsJsonArray("command").asList().stream()
            .map(part -> part.getAsString())
            .toList();
    assertThat(command)
        .containsExactly(LAUNCHER.resolveSibling("stapbpf").toString(), object.toString());
    client.request("shutdown", "null");
    client.notify("exit", "null");
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
    assertThat(object).doesNotExist();
  }

  @Test
  void runsAScriptForAClientWithoutAnExtension() throws Exception {
    Process server = start(LAUNCHER);
    WireClient client = initialized(server, "null");
    open(client, "probe begin { println(6 * 7) exit() }");
    JsonObject answer =
        client.request(
            "workspace/executeCommand",
            "{\"command\":\"tapwright.run\",\"arguments\":[\"file:///nowhere/x.stp\"]}");
    assertThat(answer.getAsJsonObject("result").get("run").getAsInt()).isPositive();
    List<String> logged = new ArrayList<>();
    while (logged.isEmpty() || !logged.getLast().contains("has ended with status")) {
      logged.add(client.await("window/logMessage").get("message").getAsString());
    }
    assertThat(logged).containsExactly("42", "Run 1 has ended with status 0.");
    client.request("shutdown", "null");
    client.notify("exit", "null");
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsWhenItsInputEnds() throws Exception {
    Process server = start(LAUNCHER);
    open(initialized(server, "null"), "probe begin {}");
    server.getOutputStream().close();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(1);
  }

  @Test
  void endsWithTheProcessOfItsClient() throws Exception {
    Process parent = new ProcessBuilder("sleep", "600").start();
    Process server = start(LAUNCHER);
    initialized(server, Long.toString(parent.pid()));
    parent.destroyForcibly();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsOrderlyOnNonsense() throws Exception {
    Process server = start(LAUNCHER);
    server
        .getOutputStream()
        .write(
            "Content-Length: x\r\n\r\n{}GET / HTTP/1.1\r\n\r\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    server.getOutputStream().close();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.getInputStream().readAllBytes()).asString().doesNotContain("\tat ");
  }
}
