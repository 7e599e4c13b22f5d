package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In how many places of a script's text a string variable is given something. */
final class VariableChanges {
  private final Bindings bindings;
  private final Map<Variable, Integer> changes = new HashMap<>();

  private VariableChanges(Bindings bindings) {
    this.bindings = bindings;
  }

  /** Counts them. */
  static VariableChanges in(List<? extends Node> parts, Bindings bindings) {
    VariableChanges changes = new VariableChanges(bindings);
    parts.forEach(changes::walk);
    return changes;
  }

  /** Whether no variable is changed. */
  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The places in which a variable is changed. */
  int of(Variable variable) {
    return changes.getOrDefault(variable, 0);
  }

  private void walk(Node node) {
    switch (node) {
      case Expression.Assignment assignment -> change(assignment.target());
      case Statement.Delete delete -> change(delete.target());
      // Of a loop variable, or of what takes the message of a fault.
      case Identifier identifier -> change(identifier);
      default -> {}
    }
    Children.of(node).forEach(this::walk);
  }

  private void change(Node target) {
    bindings.variableOf(target).ifPresent(variable -> changes.merge(variable, 1, Integer::sum));
  }
}
