package dev.tapwright.compiler.bpf;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What compiling the kernel half of a script gave.
 *
 * @param code the code; empty when a diagnostic is an error
 * @param diagnostics what the kernel cannot carry, in the order of the text
 */
public record KernelCompilation(Optional<KernelCode> code, List<Diagnostic> diagnostics) {
  /** Copies the list. */
  public KernelCompilation {
    diagnostics = List.copyOf(diagnostics);
  }
}
