package dev.tapwright.server.feature;

import dev.tapwright.compiler.driver.DiagnosticPages;
import dev.tapwright.server.text.Document;
import dev.tapwright.server.text.LineIndex;
import dev.tapwright.server.text.PositionEncoding;
import dev.tapwright.server.text.Uris;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Range;

/**
 * The compiler's diagnostics in the protocol's form.
 *
 * @param relatedInformation whether the client shows remarks at other places; else they stand in
 *     the message
 * @param pages what explains diagnostics, and is linked where it is a file
 */
public record DiagnosticTranslator(
    PositionEncoding encoding, boolean relatedInformation, DiagnosticPages pages) {
  /** What every diagnostic of ours is marked with. */
  public static final String SOURCE = "tapwright";

  /**
   * Translates the diagnostics of a document. An error in a library file is shown where the script
   * uses that; warnings there are for whoever keeps the file.
   */
  public List<Diagnostic> translate(
      Document document, List<dev.tapwright.syntax.diagnostic.Diagnostic> diagnostics) {
    return diagnostics.stream()
        .filter(diagnostic -> diagnostic.isError() || isIn(document, diagnostic.span()))
        .map(diagnostic -> translate(document, diagnostic))
        .toList();
  }

  private Diagnostic translate(
      Document document, dev.tapwright.syntax.diagnostic.Diagnostic diagnostic) {
    Span outermost = diagnostic.span().outermost();
    boolean isHere = isIn(document, outermost);
    String place = isHere ? "" : outermost.source().name() + ":" + outermost.line() + ": ";
    Diagnostic translated =
        new Diagnostic(
            isHere ? range(document, outermost) : usedAt(document, diagnostic),
            place + diagnostic.message(),
            severity(diagnostic.severity()),
            SOURCE,
            diagnostic.code().name());
    pages
        .file(diagnostic.code())
        .map(page -> new DiagnosticCodeDescription(page.toUri().toString()))
        .ifPresent(translated::setCodeDescription);
    List<Note> notes = new ArrayList<>(diagnostic.notes());
    if (!isHere || !diagnostic.span().expansions().isEmpty()) {
      notes.addFirst(
          new Note(Optional.of(withoutExpansions(diagnostic.span())), diagnostic.message()));
    }
    addNotes(document, translated, notes);
    return translated;
  }

  private static boolean isIn(Document document, Span span) {
    return span.outermost().source() == document.source();
  }

  private static Range usedAt(
      Document document, dev.tapwright.syntax.diagnostic.Diagnostic diagnostic) {
    return diagnostic.notes().stream()
        .flatMap(note -> note.span().stream())
        .map(Span::outermost)
        .filter(span -> isIn(document, span))
        .findFirst()
        .map(span -> range(document, span))
        .orElseGet(Range::new);
  }

  private static Span withoutExpansions(Span span) {
    return new Span(span.source(), span.start(), span.end());
  }

  private void addNotes(Document document, Diagnostic translated, List<Note> notes) {
    List<DiagnosticRelatedInformation> related = new ArrayList<>();
    List<String> spoken = new ArrayList<>();
    for (Note note : notes) {
      Optional<Location> location =
          relatedInformation
              ? note.span().flatMap(span -> location(document, span))
              : Optional.empty();
      location.ifPresentOrElse(
          place -> related.add(new DiagnosticRelatedInformation(place, note.message())),
          () -> spoken.add(note.message()));
    }
    if (!related.isEmpty()) {
      translated.setRelatedInformation(related);
    }
    if (!spoken.isEmpty()) {
      String head = translated.getMessage().getLeft();
      translated.setMessage(
          spoken.stream()
              .filter(text -> !text.equals(head))
              .collect(Collectors.joining("\n", head + "\n", ""))
              .strip());
    }
  }

  /** Where a span lies: in the document, or in a file of its own. */
  Optional<Location> location(Document document, Span span) {
    Span outermost = span.outermost();
    if (outermost.source() == document.source()) {
      return Optional.of(new Location(document.uri(), range(document, outermost)));
    }
    return Uris.ofName(outermost.source().name())
        .map(
            uri ->
                new Location(
                    uri,
                    new LineIndex(outermost.source().text(), encoding)
                        .range(outermost.start(), outermost.end())));
  }

  private static Range range(Document document, Span span) {
    return document.lines().range(span.start(), span.end());
  }

  private static DiagnosticSeverity severity(Severity severity) {
    return switch (severity) {
      case ERROR -> DiagnosticSeverity.Error;
      case WARNING -> DiagnosticSeverity.Warning;
      case INFORMATION -> DiagnosticSeverity.Information;
    };
  }
}
