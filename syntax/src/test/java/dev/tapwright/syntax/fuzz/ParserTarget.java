package dev.tapwright.syntax.fuzz;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Trees;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticPrinter;
import dev.tapwright.syntax.print.ScriptPrinter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Any bytes are parsed and their diagnostics printed; what is accepted is the same tree when it is
 * printed and parsed again.
 */
public final class ParserTarget {
  private ParserTarget() {}

  /** The script, as a user's, and as a guru's. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    SourceText source = SourceText.ofBytes("input", bytes);
    if (!Arrays.equals(source.bytes(), bytes)) {
      throw new IllegalStateException("the bytes do not come back");
    }
    check(source, options(false));
    check(source, options(true));
  }

  /** What is parsed with, without macros. */
  static ParseOptions options(boolean isGuru) {
    return new ParseOptions(
        List.of("begin", "5", "a \"quoted\\ word"),
        isGuru,
        new ParseOptions.Conditions(
            "6.1.0", "6.1.0-1", "x86_64", "5.6", isGuru, name -> name.endsWith("Y") ? "y" : ""));
  }

  /** Holds the promises of parsing and printing. */
  static void check(SourceText source, ParseOptions options) {
    ParseResult result = ScriptParser.parse(source, options);
    DiagnosticPrinter printer = new DiagnosticPrinter();
    boolean hasErrors = false;
    for (Diagnostic diagnostic : result.diagnostics()) {
      hasErrors |= diagnostic.isError();
      if (printer.print(diagnostic).isEmpty()) {
        throw new IllegalStateException("nothing is said of " + diagnostic);
      }
    }
    String printed = ScriptPrinter.print(result.script());
    if (hasErrors) {
      return;
    }
    ParseResult again = ScriptParser.parse(new SourceText("printed", printed), options(true));
    Optional<String> mistake =
        again.diagnostics().stream()
            .filter(Diagnostic::isError)
            .findFirst()
            .map(Diagnostic::toString)
            .or(() -> Trees.difference(result.script(), again.script()));
    if (mistake.isPresent() && !result.script().declarations().isEmpty()) {
      throw new IllegalStateException(mistake.get() + " in\n" + printed);
    }
  }
}
