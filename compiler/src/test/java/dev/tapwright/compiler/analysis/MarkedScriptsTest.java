package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts under {@code marked/} with {@code //! error: MESSAGE} or {@code //! warning: MESSAGE} at
 * the end of a line: analysis must report exactly these, each on its line. {@code //! note:
 * MESSAGE} after one of them asks for a note.
 */
class MarkedScriptsTest {
  private static final Pattern MARK = Pattern.compile("//! (error|warning|note): (.*?) *(?=//!|$)");

  static Stream<Path> scripts() {
    return Scripts.resources("marked", ".stp").stream();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void reportsWhatIsMarked(Path file) {
    String text = Scripts.read(file);
    Scripts.parseValid(text);
    List<String> expected = new ArrayList<>();
    boolean hasNotes = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher matcher = MARK.matcher(line);
      while (matcher.find()) {
        hasNotes |= matcher.group(1).equals("note");
        expected.add(number + " " + matcher.group(1) + ": " + matcher.group(2));
      }
    }
    List<String> found = new ArrayList<>();
    List<Diagnostic> byLine =
        Scripts.analyze(text).diagnostics().stream()
            .sorted(Comparator.comparingInt(diagnostic -> diagnostic.span().line()))
            .toList();
    for (Diagnostic diagnostic : byLine) {
      int line = diagnostic.span().line();
      found.add(
          line
              + " "
              + (diagnostic.isError() ? "error" : "warning")
              + ": "
              + diagnostic.message().strip());
      if (hasNotes) {
        diagnostic.notes().forEach(note -> found.add(line + " note: " + note.message()));
      }
    }
    assertThat(found).containsExactlyElementsOf(expected);
  }
}
