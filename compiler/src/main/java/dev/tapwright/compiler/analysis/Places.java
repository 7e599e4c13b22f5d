package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;

/** Where messages point. */
final class Places {
  private Places() {}

  /** Where SystemTap points: at an operator rather than at the whole of what it joins. */
  static Span of(Expression expression) {
    return switch (expression) {
      case Expression.Binary binary -> binary.operatorSpan();
      case Expression.Assignment assignment -> assignment.operatorSpan();
      case Expression.FunctionCall call -> call.function().span();
      default -> expression.span();
    };
  }
}
