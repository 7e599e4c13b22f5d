package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Severity;
import java.util.List;

/**
 * What {@code -w} and {@code -W} make of warnings: with both there are none.
 *
 * @param suppressesWarnings {@code -w}
 * @param warningsAreErrors {@code -W}
 */
record DiagnosticChoice(boolean suppressesWarnings, boolean warningsAreErrors) {
  /** The diagnostics to show, as severe as they now are. */
  List<Diagnostic> of(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .filter(each -> !suppressesWarnings || each.severity() != Severity.WARNING)
        .map(
            each -> warningsAreErrors && each.severity() == Severity.WARNING ? asError(each) : each)
        .toList();
  }

  private static Diagnostic asError(Diagnostic warning) {
    return new Diagnostic(
        warning.code(),
        Severity.ERROR,
        warning.span(),
        warning.message(),
        warning.notes(),
        warning.fixes());
  }
}
