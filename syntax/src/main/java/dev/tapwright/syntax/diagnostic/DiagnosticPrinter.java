package dev.tapwright.syntax.diagnostic;

import dev.tapwright.syntax.ByteText;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.parser.TokenDescription;
import java.util.Optional;

/**
 * Prints diagnostics as SystemTap's command line does: message, token, line of the source with a
 * caret under it, and the uses of macros that led there.
 *
 * <pre>
 * parse error: expected literal string or number
 *         saw: operator ';' at hello.stp:1:19
 *      source: probe begin { x = ; }
 *                                ^
 * </pre>
 *
 * <p>One printer prints the diagnostics of one run: semantic errors name a file only when it is not
 * the one named last.
 */
public final class DiagnosticPrinter {
  private static final int MARGIN = 13;
  private static final int SEMANTIC_MARGIN = 16;

  /** Characters of a line that is shown whole. */
  private static final int LONGEST_LINE = 2000;

  /** Characters shown before and behind the place in a longer one. */
  private static final int AROUND = 200;

  private Optional<SourceText> named = Optional.empty();

  /** The count that follows the parse errors of a run. */
  public static String count(int parseErrors) {
    return parseErrors == 1 ? "1 parse error.\n" : parseErrors + " parse errors.\n";
  }

  /** One diagnostic, with an empty line after an error. */
  public String print(Diagnostic diagnostic) {
    StringBuilder text = new StringBuilder();
    for (Note note : diagnostic.notes()) {
      if (note.isContext() && note.span().isEmpty()) {
        text.append("semantic error: ").append(note.message()).append("\n\n");
      }
    }
    placedNotes(diagnostic, true, text);
    if (diagnostic.severity() != Severity.ERROR) {
      warning(diagnostic, text);
    } else if (SyntaxCodes.isParseError(diagnostic.code())) {
      parseError(
          diagnostic.message(),
          diagnostic.span(),
          isSaw(diagnostic.code()),
          diagnostic.code().equals(SyntaxCodes.EMPTY_FILE),
          text);
    } else {
      semanticError(diagnostic.message(), diagnostic.span(), text);
    }
    for (Note note : diagnostic.notes()) {
      if (note.span().isEmpty() && !note.isContext()) {
        text.append("        note: ").append(note.message()).append('\n');
      }
    }
    if (diagnostic.isError() && !diagnostic.code().equals(SyntaxCodes.EMPTY_FILE)) {
      text.append('\n');
    }
    placedNotes(diagnostic, false, text);
    return text.toString();
  }

  private void placedNotes(Diagnostic diagnostic, boolean areContext, StringBuilder text) {
    for (Note note : diagnostic.notes()) {
      if (note.isContext() == areContext) {
        note.span().ifPresent(span -> placedNote(diagnostic, note.message(), span, text));
      }
    }
  }

  private void placedNote(Diagnostic diagnostic, String message, Span span, StringBuilder text) {
    if (SyntaxCodes.isParseError(diagnostic.code())) {
      parseError(message, span, false, false, text);
    } else if (diagnostic.isError()) {
      semanticError(message, span, text);
    } else {
      text.append("WARNING: ").append(message);
      placed(span, " source: ".length(), text);
      return;
    }
    text.append('\n');
  }

  /** Whether the token is merely what was seen where something else was expected. */
  private static boolean isSaw(DiagnosticCode code) {
    return !code.equals(SyntaxCodes.PREPROCESSOR)
        && !code.equals(SyntaxCodes.INVALID_TOKEN)
        && !code.equals(SyntaxCodes.HISTOGRAM);
  }

  private static void parseError(
      String message, Span span, boolean isSaw, boolean isEmptyFile, StringBuilder text) {
    if (isEmptyFile) {
      text.append(message).append('\n');
      return;
    }
    text.append("parse error: ").append(message).append('\n');
    text.append(isSaw ? "        saw: " : "         at: ");
    Optional<String> token = TokenDescription.of(span);
    if (token.isEmpty()) {
      text.append(span.source().name()).append(" EOF\n");
      return;
    }
    text.append(token.get()).append(" at ").append(place(span)).append('\n');
    sourceLine(span, MARGIN, text);
    expansions(span, MARGIN, text);
  }

  private void semanticError(String message, Span span, StringBuilder text) {
    text.append("semantic error: ").append(message);
    placed(span, SEMANTIC_MARGIN, text);
  }

  private void warning(Diagnostic diagnostic, StringBuilder text) {
    text.append("WARNING: ").append(diagnostic.message());
    placed(diagnostic.span(), " source: ".length(), text);
  }

  /**
   * The end of the message's line, and the place; a span without characters is no place: the whole
   * script is meant.
   */
  private void placed(Span span, int margin, StringBuilder text) {
    if (span.start() == span.end()) {
      text.append('\n');
      return;
    }
    boolean isSame = named.isPresent() && named.get() == span.source();
    named = Optional.of(span.source());
    text.append(": ").append(TokenDescription.of(span).orElse("EOF")).append(" at ");
    text.append(isSame ? ":" + span.line() + ":" + byteColumn(span) : place(span)).append('\n');
    sourceLine(span, margin, text);
    expansions(span, margin, text);
  }

  private static void expansions(Span span, int margin, StringBuilder text) {
    for (Span use : span.expansions()) {
      text.append("\tin expansion of macro: ").append(TokenDescription.of(use).orElse("EOF"));
      text.append(" at ").append(place(use)).append('\n');
      sourceLine(use, margin, text);
    }
  }

  /**
   * The line, and a caret under the place. Of a line that no person wrote, only what stands around
   * the place.
   */
  private static void sourceLine(Span span, int margin, StringBuilder text) {
    int lineNumber = span.source().lineOf(span.start());
    String line = span.source().line(lineNumber);
    int column = span.start() - span.source().lineStart(lineNumber);
    int from = line.length() > LONGEST_LINE ? Math.max(0, column - AROUND) : 0;
    int to =
        line.length() > LONGEST_LINE ? Math.min(line.length(), column + AROUND) : line.length();
    text.append(" ".repeat(margin - "source: ".length()))
        .append("source: ")
        .append(line, from, to)
        .append('\n');
    text.append(" ".repeat(margin + ByteText.byteLength(line, from, column))).append("^\n");
  }

  private static String place(Span span) {
    return span.source().name() + ":" + span.line() + ":" + byteColumn(span);
  }

  private static int byteColumn(Span span) {
    return span.source().byteColumn(span.start());
  }
}
