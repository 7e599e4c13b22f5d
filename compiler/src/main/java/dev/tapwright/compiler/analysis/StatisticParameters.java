package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Expression.LinearBuckets;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what each statistic must keep, which all its uses must agree about: the buckets of its
 * histogram and the shift of its variance. As in SystemTap, what is added to a statistic and the
 * indexes of one that an operator asks are not looked at, and only the first fault is said.
 */
final class StatisticParameters {
  /** The buckets of a histogram; none for a logarithmic one. */
  private record Buckets(List<Long> bounds) {
    static Buckets of(Expression.Histogram histogram) {
      return new Buckets(histogram.linear().map(Buckets::bounds).orElseGet(List::of));
    }

    private static List<Long> bounds(LinearBuckets linear) {
      return List.of(linear.low().value(), linear.high().value(), linear.step().value());
    }
  }

  private final Map<VariableCell, Optional<Buckets>> histograms = new HashMap<>();
  private final Map<VariableCell, Long> shifts = new HashMap<>();
  private final Reports reports;
  private boolean hasFault;

  private StatisticParameters(Reports reports) {
    this.reports = reports;
  }

  /**
   * Checks some statistics.
   *
   * @param units that use them, in the order in which SystemTap looks at them
   */
  static void check(Collection<VariableCell> globals, List<Unit> units, Reports reports) {
    if (reports.hasErrors()) {
      return;
    }
    StatisticParameters parameters = new StatisticParameters(reports);
    for (Unit unit : units) {
      unit.bodies().forEach(body -> parameters.visit(body, unit));
      unit.condition().ifPresent(condition -> parameters.visit(condition, unit));
    }
    Usage usage = Usage.of(units);
    for (VariableCell global : globals) {
      if (!parameters.hasFault
          && global.type().type() == Type.STATISTICS
          && (usage.reads(global) || usage.writes(global))
          && !parameters.histograms.containsKey(global)) {
        reports.error(
            AnalysisCodes.INVALID_TYPE,
            new Span(
                global.declaration().source(),
                global.declaration().start(),
                global.declaration().start()),
            "unable to infer statistic parameters for global '%s'".formatted(global.name()));
      }
    }
  }

  private void visit(Node node, Unit unit) {
    if (hasFault) {
      return;
    }
    switch (node) {
      case Expression.Statistic statistic ->
          statistic(unit, statistic, statistic.operand(), Optional.empty());
      case Expression.Histogram histogram ->
          statistic(unit, histogram, histogram.operand(), Optional.of(Buckets.of(histogram)));
      case Expression.Assignment assignment
          when assignment.operator() == AssignmentOperator.AGGREGATE ->
          statistic(unit, assignment, assignment.target(), Optional.empty());
      case Statement.Foreach loop -> {
        if (loop.sort() != SortDirection.NONE) {
          named(unit, loop.array()).ifPresent(cell -> note(cell));
        }
        visit(loop.array(), unit);
        loop.limit().ifPresent(limit -> visit(limit, unit));
        visit(loop.body(), unit);
      }
      // As SystemTap does, the indexes before the histogram.
      case Expression.ArrayElement element -> {
        indexes(element.indexes(), unit);
        visit(element.array(), unit);
      }
      case Expression.Membership membership -> {
        indexes(membership.indexes(), unit);
        visit(membership.array(), unit);
      }
      default -> Children.forEach(node, child -> visit(child, unit));
    }
  }

  private void indexes(List<IndexElement> indexes, Unit unit) {
    for (IndexElement index : indexes) {
      if (index instanceof Expression expression) {
        visit(expression, unit);
      }
    }
  }

  private void statistic(
      Unit unit, Expression use, Expression operand, Optional<Buckets> histogram) {
    Optional<VariableCell> named = named(unit, operand);
    if (named.isEmpty()) {
      return;
    }
    VariableCell cell = named.get();
    note(cell);
    if (use instanceof Expression.Statistic(Span _, var operator, Expression _, var shift)
        && operator == StatisticOperator.VARIANCE) {
      shift(cell, use, shift.map(Expression.NumberLiteral::value).orElse(0L));
    }
    if (histogram.isPresent()) {
      Optional<Buckets> known = histograms.getOrDefault(cell, Optional.empty());
      if (known.isPresent() && !known.equals(histogram)) {
        fault(use, "multiple histogram types declared on '%s'".formatted(cell.mangledName()));
      }
      histograms.put(cell, histogram);
    }
  }

  private void shift(VariableCell cell, Expression use, long shift) {
    long known = shifts.getOrDefault(cell, 0L);
    if (known != 0 && known != shift) {
      fault(use, "conflicting bit shifts declared (previously %d)".formatted(known));
    }
    shifts.put(cell, shift);
  }

  private void note(VariableCell cell) {
    histograms.putIfAbsent(cell, Optional.empty());
  }

  private void fault(Expression place, String message) {
    hasFault = true;
    reports.error(AnalysisCodes.STATISTIC, Places.of(place), message);
  }

  private static Optional<VariableCell> named(Unit unit, Expression operand) {
    return unit.variable(
            operand instanceof Expression.ArrayElement element ? element.array() : operand)
        .filter(VariableCell::isGlobal);
  }
}
