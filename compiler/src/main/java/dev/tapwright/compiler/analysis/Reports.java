package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects diagnostics, each once: a body that stands in several handlers is looked at several
 * times.
 */
final class Reports {
  /**
   * What is looked at, in the order in which SystemTap does, which stops at the first with errors.
   */
  enum Stage {
    /** What names name. */
    NAMES,
    /** What is assigned to. */
    TARGETS,
    /** How many values formats take. */
    FORMATS,
    /** What is deleted. */
    OPERANDS,
    /** The types that disagree. */
    TYPES,
    /** Data of the traced program where there is none. */
    CONTEXT,
    /** What has no type, and what is asked of types. */
    UNTYPED,
    /** What SystemTap does not look at before it translates. */
    UNCHECKED
  }

  private record Key(DiagnosticCode code, Span span, String message) {}

  private final Map<Key, Stage> known = new HashMap<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private Stage stage = Stage.NAMES;

  void add(Diagnostic diagnostic) {
    add(stage, diagnostic);
  }

  /** Adds a diagnostic of another stage. */
  void add(Stage of, Diagnostic diagnostic) {
    if (known.putIfAbsent(key(diagnostic), of) == null) {
      diagnostics.add(diagnostic);
    }
  }

  /**
   * Adds as warnings what is wrong with parts of the script that never run, and that SystemTap does
   * not look at.
   */
  void addUnused(Reports unused) {
    for (Diagnostic diagnostic : unused.diagnostics) {
      add(diagnostic.isError() ? diagnostic.asWarning() : diagnostic);
    }
  }

  private static Key key(Diagnostic diagnostic) {
    return new Key(diagnostic.code(), diagnostic.span(), diagnostic.message());
  }

  /** Notes that names are done with: what is reported from now on comes behind them. */
  void beginTypes() {
    stage = Stage.TYPES;
  }

  /** Notes that no two types disagree that have not been reported. */
  void beginUntyped() {
    stage = Stage.UNTYPED;
  }

  void error(DiagnosticCode code, Span span, String message) {
    add(Diagnostic.error(code, span, message));
  }

  void warning(DiagnosticCode code, Span span, String message) {
    add(Diagnostic.warning(code, span, message));
  }

  void notSupported(Span span, String what) {
    error(AnalysisCodes.NOT_SUPPORTED, span, what + " not supported yet");
  }

  /** Adds all that has been reported to another. */
  void addAll(Reports others) {
    others.diagnostics.forEach(
        diagnostic -> add(others.known.getOrDefault(key(diagnostic), stage), diagnostic));
  }

  /** The errors among them. */
  List<Diagnostic> errors() {
    return diagnostics.stream().filter(Diagnostic::isError).toList();
  }

  /** Whether there are errors that SystemTap finds too before it translates. */
  boolean hasErrors() {
    return diagnostics.stream()
        .anyMatch(diagnostic -> diagnostic.isError() && !isUnchecked(diagnostic));
  }

  /** Whether SystemTap does not look at that before it translates. */
  boolean isUnchecked(Diagnostic diagnostic) {
    return known.get(key(diagnostic)) == Stage.UNCHECKED;
  }

  /**
   * All of them, stage by stage, each in the order of discovery. A warning that a variable is never
   * assigned becomes a note of the error that it has no type, where there is one at the same place.
   * An error in a library file also names the place in the script that led there.
   */
  List<Diagnostic> inOrder(LibraryPlaces places) {
    Map<Span, Diagnostic> neverAssigned = new HashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.code().equals(AnalysisCodes.NEVER_ASSIGNED)) {
        neverAssigned.put(diagnostic.span(), diagnostic);
      }
    }
    Set<Span> untyped = new HashSet<>();
    List<Diagnostic> merged = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      Diagnostic warning = neverAssigned.get(diagnostic.span());
      if (diagnostic.code().equals(AnalysisCodes.UNRESOLVED_TYPE) && warning != null) {
        untyped.add(diagnostic.span());
        merged.add(diagnostic.withNote(warning.message()));
      } else {
        merged.add(diagnostic);
      }
    }
    merged.sort(
        Comparator.comparing(diagnostic -> known.getOrDefault(key(diagnostic), Stage.TYPES)));
    return merged.stream()
        .filter(
            diagnostic ->
                !(diagnostic.code().equals(AnalysisCodes.NEVER_ASSIGNED)
                    && untyped.contains(diagnostic.span())))
        .map(places::placed)
        .toList();
  }
}
