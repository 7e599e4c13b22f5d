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
import java.util.OptionalInt;

/**
 * The locals of a unit that nothing reads, or only assignments to others of them: all that goes
 * when one assignment after the other is left out, found at once.
 */
final class UnreadLocals {
  private final Unit unit;
  private final Purity purity;

  /** Of each unread local the number of assignments that had to go before it was one. */
  private final Map<VariableCell, Integer> distances = new HashMap<>();

  /** The values that are assigned to a local, and go with the assignment. */
  private final Map<VariableCell, List<Expression>> values = new HashMap<>();

  private UnreadLocals(Unit unit, Purity purity) {
    this.unit = unit;
    this.purity = purity;
  }

  /** Finds those of a unit. */
  static UnreadLocals in(Unit unit, Purity purity) {
    UnreadLocals locals = new UnreadLocals(unit, purity);
    locals.find();
    return locals;
  }

  /**
   * How many assignments SystemTap leaves out, one a round, before nothing reads a local; empty
   * when something does.
   */
  OptionalInt distance(VariableCell cell) {
    Integer distance = distances.get(cell);
    return distance == null ? OptionalInt.empty() : OptionalInt.of(distance);
  }

  private void find() {
    Deque<VariableCell> pending = new ArrayDeque<>();
    for (VariableCell cell : unit.usage().written()) {
      if (!cell.isGlobal() && !unit.usage().reads(cell)) {
        distances.put(cell, 0);
        pending.add(cell);
      }
    }
    if (pending.isEmpty()) {
      return;
    }
    unit.bodies().forEach(this::collectValues);
    Map<VariableCell, Integer> reads = new HashMap<>(unit.usage().reads());
    while (!pending.isEmpty()) {
      VariableCell unread = pending.remove();
      int distance = distances.getOrDefault(unread, 0) + 1;
      for (Expression value : values.getOrDefault(unread, List.of())) {
        Usage.in(unit, value)
            .reads()
            .forEach(
                (cell, count) -> {
                  if (reads.merge(cell, -count, Integer::sum) == 0 && !cell.isGlobal()) {
                    distances.put(cell, distance);
                    pending.add(cell);
                  }
                });
      }
    }
  }

  private void collectValues(Node node) {
    if (node
            instanceof
            Statement.Evaluation(
                var _,
                Expression.Assignment(
                    var _,
                    var operator,
                    var _,
                    Expression.Symbol target,
                    var value))
        && operator.operation().isEmpty()) {
      unit.variable(target)
          .filter(cell -> !cell.isGlobal() && purity.isPure(value, unit))
          .ifPresent(cell -> values.computeIfAbsent(cell, _ -> new ArrayList<>()).add(value));
    } else if (node instanceof Statement) {
      Children.forEach(node, this::collectValues);
    }
  }
}
