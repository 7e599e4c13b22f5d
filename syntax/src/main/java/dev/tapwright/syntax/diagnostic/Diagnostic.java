package dev.tapwright.syntax.diagnostic;

import dev.tapwright.syntax.Span;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is wrong with a script, or worth knowing about it.
 *
 * @param code its kind
 * @param severity how bad it is
 * @param span the place
 * @param message one sentence in SystemTap's words, without "parse error:" or "semantic error:" and
 *     without the place
 * @param notes further remarks, in reading order
 * @param fixes changes that mend it, best first
 */
public record Diagnostic(
    DiagnosticCode code,
    Severity severity,
    Span span,
    String message,
    List<Note> notes,
    List<Fix> fixes) {
  /** Copies the lists. */
  public Diagnostic {
    notes = List.copyOf(notes);
    fixes = List.copyOf(fixes);
  }

  /** An error without notes or fixes. */
  public static Diagnostic error(DiagnosticCode code, Span span, String message) {
    return new Diagnostic(code, Severity.ERROR, span, message, List.of(), List.of());
  }

  /** A warning without notes or fixes. */
  public static Diagnostic warning(DiagnosticCode code, Span span, String message) {
    return new Diagnostic(code, Severity.WARNING, span, message, List.of(), List.of());
  }

  /** This diagnostic with one more note. */
  public Diagnostic withNote(Note note) {
    return new Diagnostic(code, severity, span, message, append(notes, note), fixes);
  }

  /** This diagnostic with one more note that speaks of no place. */
  public Diagnostic withNote(String message) {
    return withNote(new Note(Optional.empty(), message));
  }

  /** This diagnostic with one more fix. */
  public Diagnostic withFix(Fix fix) {
    return new Diagnostic(code, severity, span, message, notes, append(fixes, fix));
  }

  /** The same remark as one that stops nothing. */
  public Diagnostic asWarning() {
    return new Diagnostic(code, Severity.WARNING, span, message, notes, fixes);
  }

  /** Whether it stops compilation. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  private static <T> List<T> append(List<T> list, T last) {
    return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(last)).toList();
  }
}
