package dev.tapwright.server.snapshot;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;

/**
 * What is known of a snapshot.
 *
 * @param compilation what the compiler says
 * @param diagnostics what is to be shown: all that the compiler says, or while facts are missing
 *     only what does not depend on them
 * @param isComplete whether the compiler had all facts of the machine that it asked for; when not,
 *     they are being read
 */
public record Analysis(Compilation compilation, List<Diagnostic> diagnostics, boolean isComplete) {
  /** Copies the list. */
  public Analysis {
    diagnostics = List.copyOf(diagnostics);
  }

  /** What the script means. */
  public AnalysisResult facts() {
    return compilation.analysis();
  }
}
