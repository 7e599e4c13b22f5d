package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Folds a flat list of operands and operators into a tree, by the operators' levels. All of them
 * group to the left.
 */
final class Folding {
  /**
   * An operand.
   *
   * @param span with the parentheses around it
   * @param depth how deep its tree is
   */
  record Operand(Expression expression, Span span, int depth) {}

  private record Operator(BinaryOperator operator, Span span) {}

  private final Deque<Operand> operands = new ArrayDeque<>();
  private final Deque<Operator> operators = new ArrayDeque<>();

  void operand(Expression expression, Span span, int depth) {
    operands.push(new Operand(expression, span, depth));
  }

  void operator(BinaryOperator operator, Span span) {
    reduceTo(operator.level());
    operators.push(new Operator(operator, span));
  }

  /** The whole tree. */
  Operand result() {
    reduceTo(0);
    return operands.pop();
  }

  private void reduceTo(int level) {
    while (!operators.isEmpty() && operators.element().operator().level() >= level) {
      Operator operator = operators.pop();
      Operand right = operands.pop();
      Operand left = operands.pop();
      Span span = left.span().to(right.span());
      operands.push(
          new Operand(
              new Expression.Binary(
                  span,
                  operator.operator(),
                  operator.span(),
                  left.expression(),
                  right.expression()),
              span,
              Math.max(left.depth(), right.depth()) + 1));
    }
  }
}
