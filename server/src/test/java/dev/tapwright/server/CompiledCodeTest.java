package dev.tapwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompiledCodeTest {
  private static final String URI = "file:///nowhere/code.stp";

  private static JsonObject code(InProcessServer server) throws IOException {
    return server
        .client()
        .request("tapwright/code", "{\"textDocument\":{\"uri\":\"" + URI + "\"}}")
        .getAsJsonObject("result");
  }

  @Test
  void showsInstructionsUnderTheirLines() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      server.open(
          URI, "global n\nprobe kernel.function(\"vfs_read\") { n++ }\nprobe end { println(n) }\n");
      JsonObject result = code(server);
      assertThat(result.get("version").getAsInt()).isEqualTo(1);
      assertThat(result.get("code").getAsString())
          .contains("map[0] ", "kernel.function(\"vfs_read\"): ")
          .containsPattern("\n  2:  probe kernel.*\n     0: ")
          .endsWith("end: runs outside the kernel\n");
    }
  }

  @Test
  void hasNothingToShowOfAScriptWithErrors() throws IOException {
    try (InProcessServer server = InProcessServer.ready(RecordedMachine.TARGET, "{}")) {
      assertThat(code(server).has("code")).isFalse();
      server.open(URI, "probe begin { x = }");
      assertThat(code(server).has("code")).isFalse();
    }
  }
}
