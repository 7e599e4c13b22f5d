package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private final Map<FunctionUnit, Set<VariableCell>> written;

  private ForeachModifications(
      Unit unit, Reports reports, Map<FunctionUnit, Set<VariableCell>> written) {
    this.unit = unit;
    this.reports = reports;
    this.written = written;
  }

  static void check(List<Unit> units, Reports reports) {
    Map<FunctionUnit, Set<VariableCell>> written = new HashMap<>();
    for (Unit unit : units) {
      ForeachModifications check = new ForeachModifications(unit, reports, written);
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
    Children.of(node).forEach(this::visit);
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
      Set<VariableCell> cells = written.computeIfAbsent(function, ForeachModifications::writtenBy);
      for (VariableCell cell : walked) {
        if (cells.contains(cell)) {
          reports.error(
              AnalysisCodes.FOREACH_MODIFICATION,
              call.function().span(),
              "function call modifies var '%s' during 'foreach' iteration".formatted(cell.name()));
        }
      }
    }
  }

  private static Set<VariableCell> writtenBy(FunctionUnit function) {
    Usage usage = new Usage();
    usage.add(function.unit());
    List<Unit> callers = new ArrayList<>(List.of(function.unit()));
    Reachability.from(callers).forEach(callee -> usage.add(callee.unit()));
    return usage.written();
  }
}
