package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import java.util.Collection;

/** Checks what the declaration of a global says against how it is used. */
final class GlobalChecks {
  private GlobalChecks() {}

  static void check(Collection<VariableCell> globals, Usage usage, Reports reports) {
    boolean hasErrors = reports.hasErrors();
    for (VariableCell global : globals) {
      if (global.arity() == 0) {
        global.globalDeclaration().ifPresent(declaration -> checkScalar(declaration, reports));
      }
      // After an error, a global may only seem to be without a type.
      if (!hasErrors
          && (usage.reads(global) || usage.writes(global))
          && !global.type().isKnown()
          && !global.type().isSilent()) {
        reports.error(AnalysisCodes.UNRESOLVED_TYPE, global.declaration(), "unresolved type ");
      }
    }
  }

  private static void checkScalar(GlobalVariableDeclaration declaration, Reports reports) {
    if (declaration.wraps()) {
      reports.error(
          AnalysisCodes.SCALAR_SIZE,
          declaration.name().span(),
          "wrapping not supported for scalars");
    } else if (declaration.size().isPresent()) {
      reports.error(AnalysisCodes.SCALAR_SIZE, declaration.name().span(), "inconsistent arity");
    }
  }
}
