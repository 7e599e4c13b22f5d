package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import java.util.Optional;

/**
 * Replaces {@code @defined(e)} by 1 or 0, and drops the branches that are then never taken: they
 * may use what does not exist.
 */
abstract class DefinedFolding extends TreeRewriter {
  /** Whether what an expression names exists. */
  abstract boolean isDefined(Expression operand);

  @Override
  Statement statement(Statement statement) {
    if (statement instanceof Statement.If branch) {
      Optional<Boolean> condition = constant(expression(branch.condition()), branch.condition());
      if (condition.isPresent()) {
        return condition.get()
            ? statement(branch.then())
            : branch
                .otherwise()
                .map(this::statement)
                .orElseGet(() -> new Statement.Empty(branch.span()));
      }
    }
    return super.statement(statement);
  }

  @Override
  Expression expression(Expression expression) {
    if (expression instanceof Expression.Defined defined) {
      return new Expression.NumberLiteral(defined.span(), isDefined(defined.operand()) ? 1 : 0);
    }
    if (expression instanceof Expression.Conditional choice) {
      Optional<Boolean> condition = constant(expression(choice.condition()), choice.condition());
      if (condition.isPresent()) {
        return expression(condition.get() ? choice.then() : choice.otherwise());
      }
    }
    return super.expression(expression);
  }

  /**
   * The value of a condition that folding has made constant; a constant that the script has written
   * stays.
   */
  @SuppressWarnings("ReferenceEquality") // identity tells whether something was folded
  private static Optional<Boolean> constant(Expression folded, Expression written) {
    return folded == written ? Optional.empty() : value(folded).map(value -> value != 0);
  }

  private static Optional<Long> value(Expression expression) {
    return switch (expression) {
      case Expression.NumberLiteral number -> Optional.of(number.value());
      case Expression.Unary(var span, var operator, Expression operand)
          when operator.symbol().equals("!") ->
          value(operand).map(value -> value == 0 ? 1L : 0L);
      case Expression.Binary binary -> {
        Optional<Long> left = value(binary.left());
        Optional<Long> right = value(binary.right());
        yield switch (binary.operator()) {
          case LOGICAL_AND ->
              is(left, false) || is(right, false)
                  ? Optional.of(0L)
                  : left.isPresent() && right.isPresent() ? Optional.of(1L) : Optional.empty();
          case LOGICAL_OR ->
              is(left, true) || is(right, true)
                  ? Optional.of(1L)
                  : left.isPresent() && right.isPresent() ? Optional.of(0L) : Optional.empty();
          default -> Optional.empty();
        };
      }
      default -> Optional.empty();
    };
  }

  private static boolean is(Optional<Long> value, boolean truth) {
    return value.isPresent() && (value.get() != 0) == truth;
  }
}
