package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.bpf.KernelCode;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What code generation gave.
 *
 * @param kernelCode the kernel half; empty when there are errors in it
 * @param object the compiled script; empty when there are errors
 * @param diagnostics what the kernel cannot carry, and what is not carried yet
 */
public record CodeResult(
    Optional<KernelCode> kernelCode, Optional<BpfObject> object, List<Diagnostic> diagnostics) {
  /** Copies the list. */
  public CodeResult {
    diagnostics = List.copyOf(diagnostics);
  }

  /** The kernel half for people; empty when there are errors. */
  public Optional<String> listing() {
    return CompiledCode.listing(kernelCode, object);
  }

  /** What each program of the kernel half takes, a line each; empty when there are errors. */
  public List<String> costs() {
    return CompiledCode.costs(kernelCode, object);
  }
}
