package dev.tapwright.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tapwright.compiler.target.LiveTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Context variables and members in the editor, by the types of the kernel that the test runs on.
 */
@Timeout(120)
class ContextDataTest {
  private static final String URI = "file:///context.stp";

  private static String hover(InProcessServer server, String text, String at) throws IOException {
    JsonElement result = server.at("hover", URI, 0, text.indexOf(at) + 1).get("result");
    return result.isJsonNull()
        ? "nothing"
        : result.getAsJsonObject().getAsJsonObject("contents").get("value").getAsString();
  }

  private static List<String> complete(InProcessServer server, String text, String behind)
      throws IOException {
    JsonObject list =
        server
            .at("completion", URI, 0, text.indexOf(behind) + behind.length())
            .getAsJsonObject("result");
    List<String> labels = new ArrayList<>();
    for (JsonElement item : list.getAsJsonArray("items")) {
      JsonObject fields = item.getAsJsonObject();
      labels.add(
          fields.get("label").getAsString()
              + (fields.has("detail") ? ":" + fields.get("detail").getAsString() : ""));
    }
    return labels;
  }

  @Test
  void areShownWithTheirTypes() throws IOException {
    LiveTarget target = LiveTarget.open();
    assumeTrue(target.kernelTypes().isPresent(), "needs the kernel's BTF");
    String text =
        "probe kernel.trace(\"sched_switch\") { println($prev->se->load->weight) t = $next println(t->pid, $next-> ) }";
    try (InProcessServer server = InProcessServer.ready(target, "{\"targetKernel\":\"host\"}")) {
      server.open(URI, text);
      assertThat(hover(server, text, "$prev")).contains("struct task_struct *$prev");
      assertThat(hover(server, text, "weight")).contains("long unsigned int weight", "load_weight");
      assertThat(hover(server, text, "pid")).contains("pid_t pid");
      assertThat(complete(server, text, "$prev->se->load->"))
          .contains("weight:long unsigned int", "inv_weight:u32");
      assertThat(complete(server, text, "t->")).contains("pid:pid_t", "mm:struct mm_struct *");
      assertThat(complete(server, text, "$next->")).contains("comm:char [16]");
      assertThat(complete(server, text, "println($"))
          .contains("$prev:struct task_struct *", "$prev_state:unsigned int");
      assertThat(server.end()).isZero();
    }
  }
}
