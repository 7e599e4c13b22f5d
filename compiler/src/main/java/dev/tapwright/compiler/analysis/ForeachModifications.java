package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds elements that are stored or deleted while their array is walked by {@code foreach}. */
final class ForeachModifications {
  private final Unit unit;
  private final Reports reports;
  private final Deque<VariableCell> walked = new ArrayDeque<>();
  private final Writers writers;

  private ForeachModifications(Unit unit, Reports reports, Writers writers) {
    this.unit = unit;
    this.reports = reports;
    this.writers = writers;
  }

  /** Checks some units, and what they call in loops. */
  static void check(Collection<FunctionUnit> functions, List<Unit> units, Reports reports) {
    Writers writers = new Writers(functions);
    for (Unit unit : units) {
      ForeachModifications check = new ForeachModifications(unit, reports, writers);
      unit.bodies().forEach(check::visit);
    }
  }

  private void visit(Node node) {
    if (node instanceof Statement.Foreach loop) {
      Optional<VariableCell> array = unit.variable(loop.array());
      array.ifPresent(walked::push);
      visit(loop.body());
      array.ifPresent(cell -> walked.pop());
      return;
    }
    if (!walked.isEmpty()) {
      switch (node) {
        case Expression.Assignment assignment -> target(assignment.target());
        case Expression.Step step -> target(step.operand());
        case Statement.Delete delete -> target(delete.target());
        case Expression.FunctionCall call -> call(call);
        default -> {}
      }
    }
    Children.forEach(node, this::visit);
  }

  private void target(Expression target) {
    if (target instanceof Expression.ArrayElement element
        && unit.variable(element.array()).filter(walked::contains).isPresent()) {
      reports.error(
          AnalysisCodes.FOREACH_MODIFICATION,
          element.array().span(),
          "variable '%s' modified during 'foreach' iteration"
              .formatted(element.array().span().text()));
    }
  }

  private void call(Expression.FunctionCall call) {
    if (unit.calls().get(call) instanceof CallTarget.Script(FunctionUnit function)) {
      for (VariableCell cell : walked) {
        if (writers.of(cell).contains(function)) {
          reports.error(
              AnalysisCodes.FOREACH_MODIFICATION,
              call.function().span(),
              "function call modifies var '%s' during 'foreach' iteration".formatted(cell.name()));
        }
      }
    }
  }

  /** Which functions write a variable, themselves or by what they call. */
  private static final class Writers {
    private final Map<VariableCell, List<FunctionUnit>> direct = new HashMap<>();
    private final Map<VariableCell, Set<FunctionUnit>> known = new HashMap<>();
    private final Callers callers;

    Writers(Collection<FunctionUnit> functions) {
      this.callers = new Callers(functions);
      for (FunctionUnit function : functions) {
        for (VariableCell cell : function.unit().usage().written()) {
          direct.computeIfAbsent(cell, key -> new ArrayList<>()).add(function);
        }
      }
    }

    Set<FunctionUnit> of(VariableCell cell) {
      return known.computeIfAbsent(
          cell, key -> callers.reaching(direct.getOrDefault(key, List.of())));
    }
  }
}
