package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * What a script itself computes in a value that is printed whole, such as {@code next()} in {@code
 * @cast(next(), "foo")$}: it is evaluated once, into a variable of its own, however many members
 * there are. What is printed then stands in
 *
 * <pre>
 *   ((variable = next()) | 1) ? text : ""
 * </pre>
 */
final class PrintOperands {
  private static final String PREFIX = "__print_";

  private final List<Expression> assignments = new ArrayList<>();
  private int number;

  /** Whether a variable is one of these, which no script has written. */
  static boolean isOne(String name) {
    return name.startsWith(PREFIX);
  }

  /** Whether something in a chain has to be evaluated beforehand. */
  static boolean isNeeded(AccessChain chain) {
    return chain.print().isPresent() && !chain.operands().stream().allMatch(PrintOperands::isSame);
  }

  /** What gives the same, and costs nothing, as often as it is asked for. */
  private static boolean isSame(Expression operand) {
    return operand instanceof Expression.Symbol
        || operand instanceof Expression.Literal
        || operand instanceof Expression.TargetVariable
        || operand instanceof Expression.Register;
  }

  /** The same with variables in it; what gives them their values is kept. */
  Expression.PrettyPrint held(Expression.PrettyPrint print) {
    return new Expression.PrettyPrint(print.span(), link(print.base()), print.isDeep());
  }

  private Expression link(Expression expression) {
    return switch (expression) {
      case Expression.Member member ->
          new Expression.Member(member.span(), link(member.base()), member.member());
      case Expression.TargetElement element -> {
        Expression base = link(element.base());
        yield new Expression.TargetElement(element.span(), base, operand(element.index()));
      }
      case Expression.Cast cast ->
          new Expression.Cast(cast.span(), operand(cast.operand()), cast.type(), cast.module());
      case Expression.TargetVariable variable -> variable;
      case Expression.AtVariable variable -> variable;
      default -> operand(expression);
    };
  }

  private Expression operand(Expression operand) {
    if (isSame(operand)) {
      return operand;
    }
    Span span = operand.span();
    Expression.Symbol variable = new Expression.Symbol(span, PREFIX + number++);
    assignments.add(
        new Expression.Assignment(span, AssignmentOperator.ASSIGN, span, variable, operand));
    return new Expression.Symbol(span, variable.name());
  }

  /** A text that is made after the variables of {@link #held} have their values. */
  Expression after(Expression text) {
    Span span = text.span();
    Expression condition = new Expression.NumberLiteral(span, 1);
    for (Expression assignment : assignments.reversed()) {
      condition = new Expression.Binary(span, BinaryOperator.OR, span, assignment, condition);
    }
    assignments.clear();
    return new Expression.Conditional(
        span, condition, text, new Expression.StringLiteral(span, ""));
  }
}
