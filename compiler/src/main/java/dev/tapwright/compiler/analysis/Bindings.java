package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What analysis found out about the nodes of one handler or function, keyed by the identity of the
 * nodes. The same tree, such as an alias' body, may stand in several handlers with other bindings
 * in each.
 */
public final class Bindings {
  private final List<Variable.Local> locals;
  private final IdentityHashMap<Expression, Type> types;
  private final IdentityHashMap<Node, Variable> variables;
  private final IdentityHashMap<Expression.FunctionCall, Callee> callees;
  private final IdentityHashMap<Expression, ContextAccess> accesses;

  /** Takes the maps over: nobody changes them any more. */
  Bindings(
      List<Variable.Local> locals,
      IdentityHashMap<Expression, Type> types,
      IdentityHashMap<Node, Variable> variables,
      IdentityHashMap<Expression.FunctionCall, Callee> callees,
      IdentityHashMap<Expression, ContextAccess> accesses) {
    this.locals = List.copyOf(locals);
    this.types = types;
    this.variables = variables;
    this.callees = callees;
    this.accesses = accesses;
  }

  /** The variables of the handler, parameters first, each at its {@link Variable.Local#index()}. */
  public List<Variable.Local> locals() {
    return locals;
  }

  /** The type of an expression's value. */
  public Type typeOf(Expression expression) {
    return types.getOrDefault(expression, Type.UNKNOWN);
  }

  /**
   * The variable that a node names.
   *
   * @param node an {@link Expression.Symbol}, or the {@link dev.tapwright.syntax.tree.Identifier}
   *     of a loop variable, parameter or {@code catch}
   */
  public Optional<Variable> variableOf(Node node) {
    return Optional.ofNullable(variables.get(node));
  }

  /**
   * How to get at the data of the traced program that an expression names: of the whole of an
   * expression such as {@code &$a->b[1]}, not of its parts.
   */
  public Optional<ContextAccess> accessOf(Expression expression) {
    return Optional.ofNullable(accesses.get(expression));
  }

  /** Whether anything depends on how the kernel was built. */
  boolean isOfKernelBuild() {
    return accesses.values().stream().anyMatch(ContextAccess::isOfKernelBuild);
  }

  /** What a call calls. */
  public Optional<Callee> calleeOf(Expression.FunctionCall call) {
    return Optional.ofNullable(callees.get(call));
  }
}
