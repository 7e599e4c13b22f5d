package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what the declaration of a global says against how it is used. */
@SuppressWarnings("ReferenceEquality") // cells are compared by identity
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
      if (!hasErrors
          && global.type().type() == Type.STATISTICS
          && (usage.reads(global) || usage.writes(global))
          && units.stream().noneMatch(unit -> isStatistic(global, unit))) {
        reports.error(
            AnalysisCodes.INVALID_TYPE,
            new Span(
                global.declaration().source(),
                global.declaration().start(),
                global.declaration().start()),
            "unable to infer statistic parameters for global '%s'".formatted(global.name()));
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
      reports.error(
          AnalysisCodes.SCALAR_SIZE,
          declaration.name().span(),
          "wrapping not supported for scalars");
    }
  }

  /** Whether what a unit does with a global says that it is a statistic. */
  private static boolean isStatistic(VariableCell global, Unit unit) {
    Deque<Node> pending = new ArrayDeque<>(unit.bodies());
    unit.condition().ifPresent(pending::add);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      Optional<Expression> operand =
          switch (node) {
            case Expression.Statistic statistic -> Optional.of(statistic.operand());
            case Expression.Histogram histogram -> Optional.of(histogram.operand());
            case Expression.Assignment assignment
                when assignment.operator() == AssignmentOperator.AGGREGATE ->
                Optional.of(assignment.target());
            case Statement.Foreach loop when loop.sort() != SortDirection.NONE ->
                Optional.of(loop.array());
            default -> Optional.empty();
          };
      if (operand.filter(named -> names(global, named, unit)).isPresent()) {
        return true;
      }
      // SystemTap does not look at what is added, nor at where.
      if (!(node instanceof Expression.Assignment assignment
          && assignment.operator() == AssignmentOperator.AGGREGATE)) {
        Children.of(node).forEach(pending::push);
      }
    }
    return false;
  }

  private static boolean names(VariableCell global, Expression operand, Unit unit) {
    Expression named =
        operand instanceof Expression.ArrayElement element ? element.array() : operand;
    return unit.variable(named).filter(cell -> cell == global).isPresent();
  }
}
