package dev.tapwright.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static SettingsReader.Reading read(String json, ServerSettings previous) {
    return SettingsReader.read(JsonParser.parseString(json), previous);
  }

  @Test
  void readsAll() {
    SettingsReader.Reading reading =
        read(
            """
            {"targetKernel":"4.14","tapsetDirectories":["/t"],"arguments":["1","x"],"guru":true,
             "elevation":"command","elevationCommand":["doas","-u","root"],"unknown":{}}
            """,
            ServerSettings.DEFAULTS);
    assertThat(reading.complaints()).isEmpty();
    assertThat(reading.settings())
        .isEqualTo(
            new ServerSettings(
                "4.14",
                List.of(Path.of("/t")),
                List.of("1", "x"),
                true,
                new Elevation(List.of("doas", "-u", "root"))));
  }

  @Test
  void goesBackToDefaultsForWhatIsMissing() {
    ServerSettings previous =
        new ServerSettings("4.14", List.of(), List.of("1"), true, Elevation.SUDO);
    assertThat(read("{}", previous).settings()).isEqualTo(ServerSettings.DEFAULTS);
    assertThat(read("{\"guru\":null}", previous).settings()).isEqualTo(ServerSettings.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"targetKernel\":\"windows\"}  | tapwright.targetKernel",
        "{\"targetKernel\":4.14}         | tapwright.targetKernel",
        "{\"tapsetDirectories\":\"/t\"}  | tapwright.tapsetDirectories",
        "{\"arguments\":[1]}             | tapwright.arguments",
        "{\"guru\":\"yes\"}              | tapwright.guru",
        "{\"elevation\":\"doas\"}        | tapwright.elevation",
      })
  void keepsWhatWasWhereAValueIsOfTheWrongKind(String json, String named) {
    ServerSettings previous =
        new ServerSettings("4.14", List.of(Path.of("/t")), List.of("1"), true, Elevation.SUDO);
    SettingsReader.Reading reading = read(json, previous);
    assertThat(reading.complaints()).singleElement().asString().contains(named);
    ServerSettings settings = reading.settings();
    assertThat(
            settings.targetKernel().equals("4.14")
                || !settings.tapsetDirectories().isEmpty()
                || !settings.arguments().isEmpty()
                || settings.isGuru()
                || settings.elevation().equals(Elevation.SUDO))
        .isTrue();
  }
}
