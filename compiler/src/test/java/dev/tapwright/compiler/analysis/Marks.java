package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks in a script, at the ends of lines: {@code //! error: MESSAGE} or {@code //! warning:
 * MESSAGE} for what is to be said of the line, and {@code //! note: MESSAGE} behind one of them for
 * a note.
 */
public final class Marks {
  private static final Pattern MARK = Pattern.compile("//! (error|warning|note): (.*?) *(?=//!|$)");

  private Marks() {}

  /** The marks of a script, such as {@code 3 error: unresolved type}. */
  public static List<String> expected(String script) {
    List<String> expected = new ArrayList<>();
    int number = 0;
    for (String line : script.lines().toList()) {
      number++;
      Matcher matcher = MARK.matcher(line);
      while (matcher.find()) {
        expected.add(number + " " + matcher.group(1) + ": " + matcher.group(2));
      }
    }
    return expected;
  }

  /** What was said of a script, as marks; its notes only where the script has marks of notes. */
  public static List<String> found(String script, List<Diagnostic> diagnostics) {
    boolean hasNotes = script.contains("//! note: ");
    List<String> found = new ArrayList<>();
    List<Diagnostic> byLine =
        diagnostics.stream()
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
    return found;
  }
}
