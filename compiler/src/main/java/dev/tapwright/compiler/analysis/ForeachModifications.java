package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds elements that are stored or deleted while their array is walked by {@code foreach}. As in
 * SystemTap, what a called function does itself is an error; what it does by others is only warned
 * of.
 */
final class ForeachModifications {
  private final Unit unit;
  private final Reports reports;
  private final Deque<VariableCell> walked = new ArrayDeque<>();
  private final Writers writers;

  /** How many calls the expression that is looked at is an argument of. */
  private int callDepth;

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
      Optional<VariableCell> array = walkedBy(loop);
      array.ifPresent(walked::push);
      if (loop.array() instanceof Expression.Histogram histogram) {
        visit(histogram);
      }
      loop.limit().ifPresent(this::visit);
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
    int depth = node instanceof Expression.FunctionCall ? 1 : 0;
    callDepth += depth;
    Children.forEach(node, this::visit);
    callDepth -= depth;
  }

  /** The array that a loop walks, or one of whose elements it walks the histogram. */
  private Optional<VariableCell> walkedBy(Statement.Foreach loop) {
    return loop.array() instanceof Expression.Histogram histogram
        ? histogram.operand() instanceof Expression.ArrayElement element
            ? unit.variable(element.array())
            : Optional.empty()
        : unit.variable(loop.array());
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
      List<FunctionUnit> called = callDepth > 0 ? function.overloads() : chain(function);
      for (VariableCell cell : walked) {
        String message =
            "function call modifies var '%s' during 'foreach' iteration".formatted(cell.name());
        Span place = call.function().span();
        if (called.stream().anyMatch(writers.direct(cell)::contains)) {
          reports.error(AnalysisCodes.FOREACH_MODIFICATION, place, message);
        } else if (called.stream()
            .flatMap(each -> each.unit().usage().called().stream())
            .anyMatch(writers.of(cell)::contains)) {
          reports.warning(AnalysisCodes.FOREACH_MODIFICATION, place, message);
        }
      }
    }
  }

  /**
   * A function, and those that its {@code next} goes on to, as far as one is left of it. SystemTap
   * looks for a {@code next} only in what is called outside of arguments.
   */
  private static List<FunctionUnit> chain(FunctionUnit function) {
    List<FunctionUnit> chain = new ArrayList<>();
    Optional<FunctionUnit> next = Optional.of(function);
    while (next.isPresent()) {
      FunctionUnit current = next.get();
      chain.add(current);
      next = current.nextOverload().filter(_ -> hasNext(current.unit().bodies()));
    }
    return chain;
  }

  private static boolean hasNext(List<? extends Node> nodes) {
    return nodes.stream()
        .anyMatch(node -> node instanceof Statement.Next || hasNext(Children.of(node)));
  }

  /** Which functions write elements of an array, themselves or by what they call. */
  private static final class Writers {
    private final Map<VariableCell, Set<FunctionUnit>> direct = new HashMap<>();
    private final Map<VariableCell, Set<FunctionUnit>> known = new HashMap<>();
    private final Callers callers;

    Writers(Collection<FunctionUnit> functions) {
      this.callers = new Callers(functions);
      for (FunctionUnit function : functions) {
        function.unit().bodies().forEach(body -> collect(body, function));
      }
    }

    private void collect(Node node, FunctionUnit function) {
      Optional<Expression> target =
          switch (node) {
            case Expression.Assignment assignment -> Optional.of(assignment.target());
            case Expression.Step step -> Optional.of(step.operand());
            case Statement.Delete delete -> Optional.of(delete.target());
            default -> Optional.empty();
          };
      if (target.orElse(null) instanceof Expression.ArrayElement element) {
        function
            .unit()
            .variable(element.array())
            .ifPresent(
                cell -> direct.computeIfAbsent(cell, key -> new LinkedHashSet<>()).add(function));
      }
      Children.forEach(node, child -> collect(child, function));
    }

    Set<FunctionUnit> direct(VariableCell cell) {
      return direct.getOrDefault(cell, Set.of());
    }

    Set<FunctionUnit> of(VariableCell cell) {
      return known.computeIfAbsent(cell, key -> callers.reaching(direct(key)));
    }
  }
}
