package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.syntax.ByteText;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code stap --check}: what all stages say of scripts, each compiled by itself, on standard
 * output.
 */
final class Check {
  private final CompilerDriver driver;
  private final DiagnosticChoice choice;
  private final boolean isJson;
  private final PrintStream out;

  Check(CompilerDriver driver, DiagnosticChoice choice, boolean isJson, PrintStream out) {
    this.driver = driver;
    this.choice = choice;
    this.isJson = isJson;
    this.out = out;
  }

  /** Prints the diagnostics of the scripts in their order; false when one of them is an error. */
  boolean run(List<SourceText> scripts) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (SourceText script : scripts) {
      diagnostics.addAll(choice.of(driver.compile(script).diagnostics()));
    }
    if (isJson) {
      out.println(CheckJson.of(diagnostics));
    } else {
      diagnostics.forEach(diagnostic -> out.writeBytes(ByteText.toBytes(CheckText.of(diagnostic))));
    }
    return diagnostics.stream().noneMatch(Diagnostic::isError);
  }
}
