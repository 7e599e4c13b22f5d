package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Checks what the declaration of a global says against how it is used. */
final class GlobalChecks {
  private GlobalChecks() {}

  /**
   * Checks some globals.
   *
   * @param units that use them
   */
  static void check(Collection<VariableCell> globals, List<Unit> units, Reports reports) {
    Usage usage = Usage.of(units);
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
        reports.error(AnalysisCodes.UNRESOLVED_TYPE, firstUse(global, units), "unresolved type ");
      }
    }
  }

  /** In the first of the units, where it comes first in the text. */
  @SuppressWarnings("ReferenceEquality") // cells are compared by identity
  private static Span firstUse(VariableCell global, List<Unit> units) {
    return units.stream()
        .flatMap(
            unit ->
                unit.variables().entrySet().stream()
                    .filter(entry -> entry.getValue() == global)
                    .map(entry -> entry.getKey().span())
                    .min(Comparator.comparingInt(Span::start))
                    .stream())
        .findFirst()
        .orElse(global.declaration());
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
