package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;

/** Whether variables are assigned to, for {@code @probewrite}. */
final class SymbolWrites {
  private SymbolWrites() {}

  /** Whether a tree assigns to a variable of that name. */
  static boolean isIn(Node node, String name) {
    return switch (node) {
          case Expression.Assignment assignment -> isSymbol(assignment.target(), name);
          case Expression.Step step -> isSymbol(step.operand(), name);
          default -> false;
        }
        || Children.of(node).stream().anyMatch(child -> isIn(child, name));
  }

  private static boolean isSymbol(Expression target, String name) {
    return target instanceof Expression.Symbol symbol && symbol.name().equals(name);
  }
}
