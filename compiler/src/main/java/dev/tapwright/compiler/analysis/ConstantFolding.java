package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Expression.NumberLiteral;
import dev.tapwright.syntax.tree.Expression.StringLiteral;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.util.List;
import java.util.Optional;

/**
 * Computes what is constant, and leaves out branches that are never taken and what stands behind a
 * jump, as SystemTap does once it has found no types that disagree. What it makes stands where the
 * operator stood.
 */
final class ConstantFolding extends UnitRewriter {
  /** Literals are not joined to longer ones: every run time can hold these. */
  private static final int LONGEST_TEXT = 60;

  private final Purity purity;

  private ConstantFolding(Unit unit, Purity purity) {
    super(unit);
    this.purity = purity;
  }

  /**
   * Folds the bodies of a unit; whether that changed them. Of its condition only the parts are
   * computed, not the whole, as SystemTap shows it.
   */
  static boolean apply(Unit unit, Purity purity) {
    ConstantFolding folding = new ConstantFolding(unit, purity);
    unit.condition().ifPresent(condition -> unit.setCondition(folding.expressionParts(condition)));
    boolean hasChanged = folding.rewrite();
    return folding.leaveBehindJump() || hasChanged;
  }

  /** Leaves out the bodies behind one that ends in a jump; whether there were any. */
  private boolean leaveBehindJump() {
    List<Statement.Block> bodies = unit.bodies();
    for (int i = 0; i < bodies.size() - 1; i++) {
      if (isJump(bodies.get(i))) {
        unit.setBodies(bodies.subList(0, i + 1));
        return true;
      }
    }
    return false;
  }

  // ---- statements

  @Override
  Statement.Block body(Statement.Block body) {
    return reached(block(body));
  }

  @Override
  Statement statement(Statement statement) {
    Statement folded = super.statement(statement);
    return switch (folded) {
      case Statement.If(Span _, NumberLiteral condition, Statement then, var _)
          when condition.value() != 0 ->
          then;
      case Statement.If(Span span, NumberLiteral _, Statement _, var otherwise) ->
          otherwise.orElseGet(() -> new Statement.Empty(span));
      case Statement.While(Span span, NumberLiteral condition, Statement _)
          when condition.value() == 0 ->
          new Statement.Empty(span);
      case Statement.For loop when loop.condition().filter(ConstantFolding::isZero).isPresent() ->
          loop.initialization()
              .<Statement>map(first -> new Statement.Evaluation(loop.span(), first))
              .orElseGet(() -> new Statement.Empty(loop.span()));
      case Statement.Foreach loop when loop.limit().filter(ConstantFolding::isNone).isPresent() ->
          new Statement.Empty(loop.span());
      case Statement.Block block -> reached(block);
      case Statement.Try attempt when isCutShort(attempt) ->
          new Statement.Try(
              attempt.span(),
              reached(attempt.body()),
              attempt.message(),
              reached(attempt.handler()));
      default -> folded;
    };
  }

  private static boolean isNone(Expression limit) {
    return limit instanceof NumberLiteral number && number.value() <= 0;
  }

  private static boolean isZero(Expression expression) {
    return expression instanceof NumberLiteral number && number.value() == 0;
  }

  @SuppressWarnings("ReferenceEquality") // identity tells whether something was left out
  private static boolean isCutShort(Statement.Try attempt) {
    return reached(attempt.body()) != attempt.body()
        || reached(attempt.handler()) != attempt.handler();
  }

  /** A block without what stands behind a jump in it. */
  private static Statement.Block reached(Statement.Block block) {
    List<Statement> statements = block.statements();
    for (int i = 0; i < statements.size() - 1; i++) {
      if (isJump(statements.get(i))) {
        return new Statement.Block(block.span(), statements.subList(0, i + 1));
      }
    }
    return block;
  }

  private static boolean isJump(Statement statement) {
    return switch (statement) {
      case Statement.Next _, Statement.Return _, Statement.Break _, Statement.Continue _ -> true;
      case Statement.Block block ->
          !block.statements().isEmpty() && isJump(block.statements().getLast());
      default -> false;
    };
  }

  // ---- expressions

  @Override
  Expression expression(Expression expression) {
    Expression folded = super.expression(expression);
    return switch (folded) {
      case Expression.Unary(Span span, UnaryOperator operator, NumberLiteral(Span _, long value)) ->
          new NumberLiteral(
              span,
              switch (operator) {
                case PLUS -> value;
                case MINUS -> -value;
                case NOT -> value == 0 ? 1 : 0;
                case COMPLEMENT -> ~value;
              });
      case Expression.Conditional(
              Span _,
              NumberLiteral condition,
              Expression then,
              var otherwise) ->
          condition.value() != 0 ? then : otherwise;
      case Expression.Binary binary -> binary(binary).orElse(binary);
      default -> folded;
    };
  }

  private Optional<Expression> binary(Expression.Binary binary) {
    Span place = binary.operatorSpan();
    if (binary.left() instanceof NumberLiteral left
        && binary.right() instanceof NumberLiteral right) {
      return number(binary.operator(), left.value(), right.value())
          .map(value -> new NumberLiteral(place, value));
    }
    if (binary.left() instanceof StringLiteral left
        && binary.right() instanceof StringLiteral right) {
      return text(binary.operator(), place, left.value(), right.value());
    }
    if (binary.left() instanceof NumberLiteral left) {
      return onLeft(binary.operator(), left, binary.right());
    }
    return binary.right() instanceof NumberLiteral right
        ? onRight(binary.operator(), binary.left(), right)
        : Optional.empty();
  }

  private static Optional<Long> number(BinaryOperator operator, long left, long right) {
    return switch (operator) {
      case ADD -> Optional.of(left + right);
      case SUBTRACT -> Optional.of(left - right);
      case MULTIPLY -> Optional.of(left * right);
      case DIVIDE -> right == 0 || right == -1 ? Optional.empty() : Optional.of(left / right);
      case MODULO -> right == 0 || right == -1 ? Optional.empty() : Optional.of(left % right);
      case AND -> Optional.of(left & right);
      case OR -> Optional.of(left | right);
      case EXCLUSIVE_OR -> Optional.of(left ^ right);
      case SHIFT_LEFT -> isShift(right) ? Optional.of(left << right) : Optional.empty();
      case SHIFT_RIGHT -> isShift(right) ? Optional.of(left >> right) : Optional.empty();
      case LOGICAL_AND -> Optional.of(left != 0 && right != 0 ? 1L : 0L);
      case LOGICAL_OR -> Optional.of(left != 0 || right != 0 ? 1L : 0L);
      default -> comparison(operator, Long.compare(left, right));
    };
  }

  private static boolean isShift(long amount) {
    return amount >= 0 && amount < Long.SIZE;
  }

  private static Optional<Long> comparison(BinaryOperator operator, int order) {
    return switch (operator) {
      case EQUAL -> Optional.of(order == 0 ? 1L : 0L);
      case NOT_EQUAL -> Optional.of(order != 0 ? 1L : 0L);
      case LESS -> Optional.of(order < 0 ? 1L : 0L);
      case GREATER -> Optional.of(order > 0 ? 1L : 0L);
      case LESS_OR_EQUAL -> Optional.of(order <= 0 ? 1L : 0L);
      case GREATER_OR_EQUAL -> Optional.of(order >= 0 ? 1L : 0L);
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> text(
      BinaryOperator operator, Span place, String left, String right) {
    // Strings are bytes when a script runs, and long ones are cut off.
    boolean isPlain =
        (left + right).chars().allMatch(character -> character > 0 && character < 128);
    if (!isPlain || left.length() + right.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    return operator == BinaryOperator.CONCATENATE
        ? Optional.of(new StringLiteral(place, left + right))
        : comparison(operator, left.compareTo(right)).map(value -> new NumberLiteral(place, value));
  }

  private Optional<Expression> onLeft(
      BinaryOperator operator, NumberLiteral left, Expression right) {
    return switch (operator) {
      case ADD, OR, EXCLUSIVE_OR -> left.value() == 0 ? Optional.of(right) : Optional.empty();
      case MULTIPLY ->
          left.value() == 1
              ? Optional.of(right)
              : left.value() == 0 && isSimple(right) ? Optional.of(left) : Optional.empty();
      case AND, SHIFT_LEFT, SHIFT_RIGHT ->
          left.value() == 0 && isSimple(right) ? Optional.of(left) : Optional.empty();
      case LOGICAL_AND -> left.value() == 0 ? Optional.of(left) : Optional.empty();
      case LOGICAL_OR ->
          left.value() != 0 ? Optional.of(new NumberLiteral(left.span(), 1)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Expression> onRight(
      BinaryOperator operator, Expression left, NumberLiteral right) {
    long value = right.value();
    return switch (operator) {
      case ADD, SUBTRACT, OR, EXCLUSIVE_OR, SHIFT_LEFT, SHIFT_RIGHT ->
          value == 0 ? Optional.of(left) : Optional.empty();
      case MULTIPLY ->
          value == 1
              ? Optional.of(left)
              : value == 0 && isSimple(left) ? Optional.of(right) : Optional.empty();
      case DIVIDE -> value == 1 ? Optional.of(left) : Optional.empty();
      case MODULO ->
          value == 1 && isSimple(left)
              ? Optional.of(new NumberLiteral(right.span(), 0))
              : Optional.empty();
      case AND -> value == 0 && isSimple(left) ? Optional.of(right) : Optional.empty();
      case LOGICAL_AND -> value == 0 && isSimple(left) ? Optional.of(right) : Optional.empty();
      case LOGICAL_OR ->
          value != 0 && isSimple(left)
              ? Optional.of(new NumberLiteral(right.span(), 1))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether leaving an expression out leaves out no effect; as in SystemTap, a fault is none. */
  private boolean isSimple(Expression expression) {
    return purity.isPure(expression, unit);
  }
}
