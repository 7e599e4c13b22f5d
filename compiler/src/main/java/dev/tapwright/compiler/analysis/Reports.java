package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects diagnostics, each once: a body that stands in several handlers is looked at several times. */
final class Reports {
  private record Key(DiagnosticCode code, Span span, String message) {}

  private final Set<Key> known = new HashSet<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  void add(Diagnostic diagnostic) {
    if (known.add(new Key(diagnostic.code(), diagnostic.span(), diagnostic.message()))) {
      diagnostics.add(diagnostic);
    }
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

  boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /** All of them in the order of the text, and in the order of discovery at one place. */
  List<Diagnostic> inOrder() {
    return diagnostics.stream()
        .sorted(Comparator.comparingInt(diagnostic -> diagnostic.span().outermost().start()))
        .toList();
  }
}
