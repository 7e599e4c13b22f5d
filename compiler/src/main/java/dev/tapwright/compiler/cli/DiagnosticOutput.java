package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.ByteText;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticPrinter;
import dev.tapwright.syntax.diagnostic.Severity;
import java.io.PrintStream;
import java.util.List;

/** Prints what the passes found wrong, in SystemTap's form, under {@code -w} and {@code -W}. */
final class DiagnosticOutput {
  private final PrintStream err;
  private final DiagnosticChoice choice;
  private final DiagnosticPrinter printer = new DiagnosticPrinter();

  DiagnosticOutput(PrintStream err, DiagnosticChoice choice) {
    this.err = err;
    this.choice = choice;
  }

  /** Prints the diagnostics; false when one of them stops compilation. */
  boolean print(List<Diagnostic> diagnostics) {
    boolean passed = true;
    int parseErrors = 0;
    for (Diagnostic shown : choice.of(diagnostics)) {
      if (shown.severity() == Severity.INFORMATION) {
        continue;
      }
      if (shown.isError()) {
        passed = false;
        parseErrors += SyntaxCodes.isParseError(shown.code()) && !isEmptyFile(shown) ? 1 : 0;
      }
      err.writeBytes(ByteText.toBytes(printer.print(shown)));
    }
    if (parseErrors > 0) {
      err.print(DiagnosticPrinter.count(parseErrors));
    }
    return passed;
  }

  /** SystemTap says so of an empty file and does not count it. */
  private static boolean isEmptyFile(Diagnostic diagnostic) {
    return diagnostic.code().equals(SyntaxCodes.EMPTY_FILE);
  }
}
