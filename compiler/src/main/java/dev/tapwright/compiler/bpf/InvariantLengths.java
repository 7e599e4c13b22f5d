package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls of {@code strlen()} in a loop whose argument is a variable that the loop does not change:
 * {@code for (i = 0; i < strlen(s); i++)}. Their value can be computed once, before the loop.
 */
final class InvariantLengths {
  private final Bindings bindings;
  private final Set<Variable> changed = new HashSet<>();
  private final List<Expression.FunctionCall> calls = new ArrayList<>();

  private InvariantLengths(Bindings bindings) {
    this.bindings = bindings;
  }

  /** Finds them in the parts of a loop. */
  static List<Expression.FunctionCall> in(List<? extends Node> parts, Bindings bindings) {
    InvariantLengths lengths = new InvariantLengths(bindings);
    parts.forEach(lengths::walk);
    return lengths.calls.stream()
        .filter(
            call ->
                bindings
                    .variableOf(call.arguments().getFirst())
                    .filter(variable -> !lengths.changed.contains(variable))
                    .isPresent())
        .toList();
  }

  private void walk(Node node) {
    switch (node) {
      case Expression.Assignment assignment -> change(assignment.target());
      case Statement.Delete delete -> change(delete.target());
      // Of a loop variable, or of what takes the message of a fault.
      case Identifier identifier -> change(identifier);
      case Expression.FunctionCall call when isLengthOfLocal(call) -> calls.add(call);
      default -> {}
    }
    Children.of(node).forEach(this::walk);
  }

  private void change(Node target) {
    bindings.variableOf(target).ifPresent(changed::add);
  }

  private boolean isLengthOfLocal(Expression.FunctionCall call) {
    return bindings.calleeOf(call).orElse(null) instanceof Callee.Provided(var intrinsic)
        && intrinsic.signature().name().equals("strlen")
        && call.arguments().size() == 1
        && call.arguments().getFirst() instanceof Expression.Symbol symbol
        && bindings.variableOf(symbol).orElse(null) instanceof Variable.Local;
  }
}
