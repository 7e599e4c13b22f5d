package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import java.util.Optional;

/**
 * A diagnostic as compilers print it and editors read it, with its code; lines and columns count
 * from 1, columns in bytes.
 *
 * <pre>
 * count.stp:3:9: error: unresolved function prinltn [unresolved-function]
 *         prinltn(n)
 *         ^~~~~~~
 * count.stp:1:8: note: ...
 * </pre>
 */
final class CheckText {
  /** A line that no person wrote is not shown. */
  private static final int LONGEST_LINE = 2000;

  private CheckText() {}

  /** The lines of a diagnostic and its notes. */
  static String of(Diagnostic diagnostic) {
    StringBuilder text = new StringBuilder();
    Span place = diagnostic.span().outermost();
    String severity =
        switch (diagnostic.severity()) {
          case ERROR -> "error";
          case WARNING -> "warning";
          case INFORMATION -> "information";
        };
    line(place, severity, diagnostic.message() + " [" + diagnostic.code().name() + "]", text);
    source(place, text);
    if (!diagnostic.span().expansions().isEmpty()) {
      line(diagnostic.span(), "note", "in the macro used there", text);
    }
    for (Note note : diagnostic.notes()) {
      Optional<Span> noted = note.span().map(Span::outermost);
      line(noted.orElse(place), "note", note.message(), text);
      noted.ifPresent(span -> source(span, text));
    }
    diagnostic.fixes().forEach(fix -> line(fix.span().outermost(), "fix", fix.title(), text));
    return text.toString();
  }

  private static void line(Span place, String kind, String message, StringBuilder text) {
    SourceText source = place.source();
    text.append(source.name())
        .append(':')
        .append(place.line())
        .append(':')
        .append(source.byteColumn(place.start()))
        .append(": ")
        .append(kind)
        .append(": ")
        .append(message)
        .append('\n');
  }

  /** The line of the place, which is marked as far as it goes on that line. */
  private static void source(Span place, StringBuilder text) {
    SourceText source = place.source();
    int number = source.lineOf(place.start());
    String line = source.line(number);
    if (place.start() == place.end() || line.length() > LONGEST_LINE) {
      return;
    }
    int start = place.start() - source.lineStart(number);
    int end =
        Math.clamp(
            place.end() - source.lineStart(number), start + 1, Math.max(start + 1, line.length()));
    text.append("  ").append(line).append('\n').append("  ");
    line.substring(0, Math.min(start, line.length()))
        .codePoints()
        .forEach(point -> text.append(point == '\t' ? '\t' : ' '));
    int marked = line.codePointCount(Math.min(start, line.length()), Math.min(end, line.length()));
    text.append('^').append("~".repeat(Math.max(marked - 1, 0))).append('\n');
  }
}
