package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of {@code strlen()} in a loop whose argument is a variable that the loop does not change:
 * {@code for (i = 0; i < strlen(s); i++)}. Their value can be computed once, before the loop.
 */
final class InvariantLengths {
  private final Bindings bindings;
  private final List<Expression.FunctionCall> calls = new ArrayList<>();

  private InvariantLengths(Bindings bindings) {
    this.bindings = bindings;
  }

  /** Finds them in the parts of a loop. */
  static List<Expression.FunctionCall> in(List<? extends Node> parts, Bindings bindings) {
    InvariantLengths lengths = new InvariantLengths(bindings);
    parts.forEach(lengths::walk);
    VariableChanges changes = VariableChanges.in(parts, bindings);
    return lengths.calls.stream()
        .filter(
            call ->
                bindings
                    .variableOf(call.arguments().getFirst())
                    .filter(variable -> changes.of(variable) == 0)
                    .isPresent())
        .toList();
  }

  private void walk(Node node) {
    if (node instanceof Expression.FunctionCall call && isLengthOfLocal(call, bindings)) {
      calls.add(call);
    }
    Children.of(node).forEach(this::walk);
  }

  /** Whether a call is {@code strlen()} of a local variable. */
  static boolean isLengthOfLocal(Expression.FunctionCall call, Bindings bindings) {
    return bindings.calleeOf(call).orElse(null) instanceof Callee.Provided(var intrinsic)
        && intrinsic.signature().name().equals("strlen")
        && call.arguments().size() == 1
        && call.arguments().getFirst() instanceof Expression.Symbol symbol
        && bindings.variableOf(symbol).orElse(null) instanceof Variable.Local;
  }
}
