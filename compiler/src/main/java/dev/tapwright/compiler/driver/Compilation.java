package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.bpf.KernelCode;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Script;
import java.util.List;
import java.util.Optional;

/**
 * What compiling a script gave, as far as it went.
 *
 * @param script the tree
 * @param analysis what it means, as far as it means anything
 * @param kernelCode its kernel half; empty when there are errors
 * @param object the compiled script; empty when there are errors
 * @param diagnostics everything that is wrong or worth knowing: of parsing, of analysis, of code
 *     generation
 */
public record Compilation(
    Script script,
    AnalysisResult analysis,
    Optional<KernelCode> kernelCode,
    Optional<BpfObject> object,
    List<Diagnostic> diagnostics) {
  /** Copies the list. */
  public Compilation {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether nothing stops it from running. */
  public boolean succeeded() {
    return object.isPresent();
  }

  /** The kernel half for people; empty when there are errors. */
  public Optional<String> listing() {
    return CompiledCode.listing(kernelCode, object);
  }
}
