package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.diagnostic.Severity;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Prints what passes 2 to 4 found wrong, in SystemTap's form:
 *
 * <pre>
 * semantic error: MESSAGE: identifier 'x' at FILE:1:15
 *         source: probe begin { x("y") }
 *                               ^
 * </pre>
 *
 * <p>As SystemTap does, a place in the file that the message before spoke of is printed without the file's name.
 */
final class DiagnosticOutput {
  private static final String ERROR_SOURCE = "        source: ";
  private static final String WARNING_SOURCE = " source: ";

  private final PrintStream err;
  private final boolean suppressesWarnings;
  private final boolean warningsAreErrors;
  private Optional<SourceText> lastSource = Optional.empty();

  DiagnosticOutput(PrintStream err, boolean suppressesWarnings, boolean warningsAreErrors) {
    this.err = err;
    this.suppressesWarnings = suppressesWarnings;
    this.warningsAreErrors = warningsAreErrors;
  }

  /** Prints the diagnostics; false when one of them stops compilation. */
  boolean print(List<Diagnostic> diagnostics) {
    boolean passed = true;
    for (Diagnostic diagnostic : diagnostics) {
      boolean isError =
          diagnostic.isError() || (warningsAreErrors && diagnostic.severity() == Severity.WARNING);
      if (isError) {
        passed = false;
        error(diagnostic);
      } else if (!suppressesWarnings && diagnostic.severity() == Severity.WARNING) {
        warning(diagnostic);
      }
    }
    return passed;
  }

  private void error(Diagnostic diagnostic) {
    err.println("semantic error: " + diagnostic.message() + place(diagnostic.span()));
    source(ERROR_SOURCE, diagnostic.span());
    for (Note note : diagnostic.notes()) {
      if (note.span().isPresent()) {
        err.println();
        err.println("semantic error: " + note.message() + place(note.span().get()));
        source(ERROR_SOURCE, note.span().get());
      } else {
        err.println("          note: " + note.message());
      }
    }
    err.println();
  }

  private void warning(Diagnostic diagnostic) {
    err.println("WARNING: " + diagnostic.message() + place(diagnostic.span()));
    source(WARNING_SOURCE, diagnostic.span());
    for (Note note : diagnostic.notes()) {
      err.println("   note: " + note.message() + note.span().map(this::place).orElse(""));
    }
  }

  /** {@code : identifier 'x' at FILE:1:15}; nothing for a diagnostic of the whole script. */
  private String place(Span span) {
    Span shown = span.outermost();
    if (shown.start() == shown.end()) {
      return "";
    }
    boolean isSameFile = lastSource.isPresent() && lastSource.get() == shown.source();
    lastSource = Optional.of(shown.source());
    return ": "
        + SourceToken.at(shown).description()
        + " at "
        + (isSameFile ? "" : shown.source().name())
        + ":"
        + shown.line()
        + ":"
        + byteColumn(shown);
  }

  private void source(String label, Span span) {
    Span shown = span.outermost();
    if (shown.start() == shown.end()) {
      return;
    }
    String line = shown.source().line(shown.line() - 1);
    String before = line.substring(0, Math.min(shown.column() - 1, line.length()));
    err.println(label + line);
    // Tabs stay tabs, so that the caret stands under the place however wide they are shown.
    err.println(" ".repeat(label.length()) + before.replaceAll("[^\t]", " ") + "^");
  }

  private static int byteColumn(Span span) {
    int lineStart = span.source().lineStart(span.line() - 1);
    return StandardStreams.bytes(span.source().text().substring(lineStart, span.start())).length + 1;
  }
}
