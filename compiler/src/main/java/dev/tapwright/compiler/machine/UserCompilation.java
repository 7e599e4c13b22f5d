package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What compiling the user half gave.
 *
 * @param program empty when there are errors
 * @param diagnostics what cannot be carried, in the order of handlers
 */
public record UserCompilation(Optional<UserProgram> program, List<Diagnostic> diagnostics) {
  /** Copies the list. */
  public UserCompilation {
    diagnostics = List.copyOf(diagnostics);
  }
}
