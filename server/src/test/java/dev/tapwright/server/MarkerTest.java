package dev.tapwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts with {@link Markers}: what the server says is what they expect, and of diagnostics
 * nothing more.
 */
@Timeout(120)
class MarkerTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/markers");

  static Stream<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void saysWhatTheMarkersExpect(Path script) throws IOException {
    String text = Files.readString(script);
    String uri = SCRIPTS.toAbsolutePath().resolve(script.getFileName()).toUri().toString();
    String kernel =
        text.startsWith("# kernel ") ? text.substring(9, text.indexOf('\n')).strip() : "host";
    List<Markers> markers = Markers.of(text);
    try (InProcessServer server =
        InProcessServer.ready(RecordedMachine.TARGET, "{\"targetKernel\":\"" + kernel + "\"}")) {
      server.open(uri, text);
      List<String> faults = new ArrayList<>();
      for (Markers marker : markers) {
        if (!marker.kind().equals("diagnostic")) {
          String answer = answer(server, uri, marker);
          if (!answer.contains(marker.expected())) {
            faults.add(marker + " but was: " + answer);
          }
        }
      }
      assertThat(faults).isEmpty();
      assertThat(diagnostics(server, uri))
          .containsExactlyInAnyOrderElementsOf(
              markers.stream()
                  .filter(marker -> marker.kind().equals("diagnostic"))
                  .map(
                      marker ->
                          (marker.line() + 1)
                              + ":"
                              + (marker.start() + 1)
                              + " "
                              + marker.expected())
                  .toList());
      assertThat(server.end()).isZero();
    }
  }

  private static String answer(InProcessServer server, String uri, Markers marker)
      throws IOException {
    String method =
        switch (marker.kind()) {
          case "hover", "definition" -> marker.kind();
          case "complete" -> "completion";
          default -> throw new IllegalArgumentException("unknown marker: " + marker);
        };
    JsonElement result = server.at(method, uri, marker.line(), marker.character()).get("result");
    return switch (marker.kind()) {
      case "hover" ->
          result.isJsonNull()
              ? "nothing"
              : result.getAsJsonObject().getAsJsonObject("contents").get("value").getAsString();
      case "definition" -> places(result);
      default -> labels(result);
    };
  }

  private static String places(JsonElement locations) {
    StringBuilder places = new StringBuilder();
    for (JsonElement location : locations.getAsJsonArray()) {
      JsonObject start =
          location.getAsJsonObject().getAsJsonObject("range").getAsJsonObject("start");
      places
          .append(start.get("line").getAsInt() + 1)
          .append(':')
          .append(start.get("character").getAsInt() + 1)
          .append(' ');
    }
    return places.toString();
  }

  private static String labels(JsonElement list) {
    StringBuilder labels = new StringBuilder(" ");
    for (JsonElement item : list.getAsJsonObject().getAsJsonArray("items")) {
      labels.append(item.getAsJsonObject().get("label").getAsString()).append(' ');
    }
    return labels.toString();
  }

  /** The diagnostics as compiling gives them, when all facts are there. */
  private static List<String> diagnostics(InProcessServer server, String uri) throws IOException {
    JsonObject compiled =
        server
            .client()
            .request("tapwright/compile", "{\"textDocument\":{\"uri\":\"" + uri + "\"}}")
            .getAsJsonObject("result");
    List<String> found = new ArrayList<>();
    for (JsonElement diagnostic : compiled.getAsJsonArray("diagnostics")) {
      JsonObject start =
          diagnostic.getAsJsonObject().getAsJsonObject("range").getAsJsonObject("start");
      found.add(
          (start.get("line").getAsInt() + 1)
              + ":"
              + (start.get("character").getAsInt() + 1)
              + " "
              + diagnostic.getAsJsonObject().get("code").getAsString());
    }
    return found;
  }
}
