package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order in which global variables are first named, as SystemTap lists them: in the handlers in
 * their order, then in the functions as they are called.
 */
final class UseOrder {
  private final IdentityHashMap<VariableCell, Integer> places = new IdentityHashMap<>();
  private final Set<Unit> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Unit> functions = new ArrayDeque<>();

  private UseOrder() {}

  /** The place of each variable that the handlers and what they call name. */
  static IdentityHashMap<VariableCell, Integer> of(Collection<Unit> handlers) {
    UseOrder order = new UseOrder();
    handlers.forEach(order::unit);
    while (!order.functions.isEmpty()) {
      order.unit(order.functions.remove());
    }
    return order.places;
  }

  private void unit(Unit unit) {
    if (seen.add(unit)) {
      unit.bodies().forEach(body -> walk(unit, body));
      unit.condition().ifPresent(condition -> walk(unit, condition));
    }
  }

  private void walk(Unit unit, Node root) {
    Deque<Node> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      Optional.ofNullable(unit.variables().get(node))
          .filter(VariableCell::isGlobal)
          .ifPresent(cell -> places.putIfAbsent(cell, places.size()));
      if (node instanceof Expression.FunctionCall call
          && unit.calls().get(call) instanceof CallTarget.Script(FunctionUnit function)) {
        functions.add(function.unit());
      }
      List<? extends Node> children = Children.of(node);
      for (int i = children.size() - 1; i >= 0; i--) {
        pending.push(children.get(i));
      }
    }
  }
}
