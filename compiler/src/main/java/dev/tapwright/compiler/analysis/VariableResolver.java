package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Node;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the variables that the names in one handler or function name, and checks their arity. */
final class VariableResolver {
  private final Names names;
  private final Reports reports;
  private final Unit unit;
  private final boolean isFunction;

  /**
   * @param isFunction whether they stand in a function
   */
  VariableResolver(Names names, Reports reports, Unit unit, boolean isFunction) {
    this.names = names;
    this.reports = reports;
    this.unit = unit;
    this.isFunction = isFunction;
  }

  @Nullable VariableCell find(String name, Span use) {
    VariableCell local = unit.locals().get(name);
    if (local != null) {
      return local;
    }
    return (isFunction ? names.globalInFunction(name, use) : names.global(name, use)).orElse(null);
  }

  void scalar(Expression.Symbol symbol) {
    bindScalar(symbol, findOrCreate(symbol.name(), symbol.span()));
  }

  void bindIdentifier(Identifier identifier) {
    VariableCell cell = findOrCreate(identifier.name(), identifier.span());
    if (checkArity(cell, 0, identifier, identifier.span())) {
      unit.variables().put(identifier, cell);
    }
  }

  void bindScalar(Expression.Symbol symbol, VariableCell cell) {
    unit.variables().put(symbol, cell);
    checkArity(cell, 0, symbol, symbol.span());
  }

  private VariableCell findOrCreate(String name, Span span) {
    VariableCell found = find(name, span);
    if (found != null) {
      return found;
    }
    VariableCell local = VariableCell.local(name, span);
    unit.locals().put(name, local);
    return local;
  }

  void array(Expression.Symbol symbol, int arity) {
    VariableCell cell = find(symbol.name(), symbol.span());
    if (cell == null || cell.kind() == VariableCell.Kind.PARAMETER) {
      unit.erroneous().add(symbol);
      reports.error(
          AnalysisCodes.UNRESOLVED_ARRAY,
          symbol.span(),
          "unresolved arity-%d global array %s, missing global declaration?"
              .formatted(arity, symbol.name()));
      return;
    }
    unit.variables().put(symbol, cell);
    checkArity(cell, arity, symbol, symbol.span());
  }

  private boolean checkArity(VariableCell cell, int arity, Node node, Span span) {
    if (arity == 0
        && cell.globalDeclaration().flatMap(declaration -> declaration.size()).isPresent()) {
      // Only an array has a size, whatever else is done with it.
      unit.erroneous().add(node);
      reports.add(
          Diagnostic.error(AnalysisCodes.SCALAR_SIZE, cell.declaration(), "inconsistent arity")
              .withNote(new Note(Optional.of(span), "used without an index here")));
      return false;
    }
    if (cell.arity() == VariableCell.ARITY_UNKNOWN) {
      cell.setArity(arity, span);
    } else if (cell.arity() != arity) {
      unit.erroneous().add(node);
      if (cell.reportArityFault()) {
        reports.add(
            Diagnostic.error(
                    AnalysisCodes.ARRAY_ARITY,
                    span,
                    "inconsistent arity (%d vs %d)".formatted(cell.arity(), arity))
                .withNote(
                    new Note(
                        Optional.of(cell.arityOrigin()),
                        "arity %d first inferred here".formatted(cell.arity()))));
      }
      return false;
    }
    return true;
  }
}
