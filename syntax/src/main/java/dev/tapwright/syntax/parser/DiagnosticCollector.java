package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what one parse finds wrong. */
final class DiagnosticCollector {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** Whether something has been reported of the very place. */
  boolean hasErrorAt(Span span) {
    for (int i = diagnostics.size() - 1; i >= 0; i--) {
      Span other = diagnostics.get(i).span();
      if (other.start() == span.start() && other.source() == span.source() && diagnostics.get(i).isError()) {
        return true;
      }
    }
    return false;
  }

  void add(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  void error(DiagnosticCode code, Span span, String message) {
    diagnostics.add(Diagnostic.error(code, span, message));
  }

  void warning(DiagnosticCode code, Span span, String message) {
    diagnostics.add(Diagnostic.warning(code, span, message));
  }

  /** What was found, in the order of the text. */
  List<Diagnostic> inOrder() {
    diagnostics.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().outermost().start()));
    return diagnostics;
  }
}
