package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.Reports.Stage;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    List<VariableCell> untyped = new ArrayList<>();
    for (VariableCell global : globals) {
      if (global.arity() == 0) {
        global.globalDeclaration().ifPresent(declaration -> checkScalar(declaration, reports));
      }
      // After an error, a global may only seem to be without a type.
      if (!hasErrors
          && (usage.reads(global) || usage.writes(global))
          && !global.type().isKnown()
          && !global.type().isSilent()) {
        untyped.add(global);
      }
    }
    if (!untyped.isEmpty()) {
      Map<VariableCell, Span> uses = firstUses(units);
      untyped.forEach(
          global ->
              reports.error(
                  AnalysisCodes.UNRESOLVED_TYPE,
                  uses.getOrDefault(global, global.declaration()),
                  "unresolved type "));
    }
  }

  /**
   * Where each global is first used: in the first of the units that use it, where it comes first in
   * the text.
   */
  private static Map<VariableCell, Span> firstUses(List<Unit> units) {
    Map<VariableCell, Span> first = new HashMap<>();
    for (Unit unit : units) {
      Map<VariableCell, Span> here = new HashMap<>();
      unit.variables()
          .forEach(
              (node, cell) ->
                  here.merge(
                      cell,
                      node.span(),
                      (one, other) -> other.start() < one.start() ? other : one));
      here.forEach(first::putIfAbsent);
    }
    return first;
  }

  private static void checkScalar(GlobalVariableDeclaration declaration, Reports reports) {
    if (declaration.wraps() && declaration.size().isEmpty()) {
      reports.add(
          Stage.TYPES,
          Diagnostic.error(
              AnalysisCodes.SCALAR_SIZE,
              declaration.name().span(),
              "wrapping not supported for scalars"));
    }
  }
}
