package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts under {@code marked/}: analysis must report exactly what their {@link Marks} say. */
class MarkedScriptsTest {
  static Stream<Path> scripts() {
    return Scripts.resources("marked", ".stp").stream();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void reportsWhatIsMarked(Path file) {
    String text = Scripts.read(file);
    Scripts.parseValid(text);
    assertThat(Marks.found(text, Scripts.analyze(text).diagnostics()))
        .containsExactlyElementsOf(Marks.expected(text));
  }
}
