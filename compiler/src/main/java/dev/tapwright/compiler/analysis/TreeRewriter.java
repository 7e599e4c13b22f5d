package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes a changed copy of a tree. What does not change keeps its identity, since results of
 * analysis are kept by identity; symbols and calls are therefore never copied unless something in
 * them changes.
 */
@SuppressWarnings({
  "ReferenceEquality",
  "OptionalEquality"
}) // identity tells whether something was rewritten
abstract class TreeRewriter {
  /** Rewrites a statement; overridden by who changes statements. */
  Statement statement(Statement statement) {
    return statementParts(statement);
  }

  /** Rewrites an expression; overridden by who changes expressions. */
  Expression expression(Expression expression) {
    return expressionParts(expression);
  }

  /** Called when a call had to be copied, so that what is known of it can be kept. */
  void copied(Expression.FunctionCall from, Expression.FunctionCall to) {}

  final Statement.Block block(Statement.Block block) {
    List<Statement> statements = list(block.statements(), this::statement);
    return statements == block.statements() ? block : new Statement.Block(block.span(), statements);
  }

  private Statement statementParts(Statement statement) {
    return switch (statement) {
      case Statement.Block block -> block(block);
      case Statement.Evaluation old -> {
        Expression expression = expression(old.expression());
        yield expression == old.expression()
            ? old
            : new Statement.Evaluation(old.span(), expression);
      }
      case Statement.If old -> {
        Expression condition = expression(old.condition());
        Statement then = statement(old.then());
        Optional<Statement> otherwise = optional(old.otherwise(), this::statement);
        yield condition == old.condition() && then == old.then() && otherwise == old.otherwise()
            ? old
            : new Statement.If(old.span(), condition, then, otherwise);
      }
      case Statement.While old -> {
        Expression condition = expression(old.condition());
        Statement body = statement(old.body());
        yield condition == old.condition() && body == old.body()
            ? old
            : new Statement.While(old.span(), condition, body);
      }
      case Statement.For old -> {
        Optional<Expression> initialization = optional(old.initialization(), this::expression);
        Optional<Expression> condition = optional(old.condition(), this::expression);
        Optional<Expression> step = optional(old.step(), this::expression);
        Statement body = statement(old.body());
        yield initialization == old.initialization()
                && condition == old.condition()
                && step == old.step()
                && body == old.body()
            ? old
            : new Statement.For(old.span(), initialization, condition, step, body);
      }
      case Statement.Foreach old -> foreach(old);
      case Statement.Try old -> {
        Statement.Block body = block(old.body());
        Statement.Block handler = block(old.handler());
        yield body == old.body() && handler == old.handler()
            ? old
            : new Statement.Try(old.span(), body, old.message(), handler);
      }
      case Statement.Return old -> {
        Optional<Expression> value = optional(old.value(), this::expression);
        yield value == old.value() ? old : new Statement.Return(old.span(), value);
      }
      case Statement.Delete old -> {
        Expression target = expression(old.target());
        yield target == old.target() ? old : new Statement.Delete(old.span(), target);
      }
      case Statement.Empty old -> old;
      case Statement.Next old -> old;
      case Statement.Break old -> old;
      case Statement.Continue old -> old;
    };
  }

  private Statement foreach(Statement.Foreach old) {
    Expression array = expression(old.array());
    List<IndexElement> slice = list(old.slice(), this::index);
    Optional<Expression> limit = optional(old.limit(), this::expression);
    Statement body = statement(old.body());
    return array == old.array()
            && slice == old.slice()
            && limit == old.limit()
            && body == old.body()
        ? old
        : new Statement.Foreach(
            old.span(),
            old.value(),
            old.keys(),
            array,
            slice,
            old.aggregate(),
            old.sort(),
            limit,
            body);
  }

  final Expression expressionParts(Expression expression) {
    return switch (expression) {
      case Expression.ArrayElement old -> {
        Expression array = expression(old.array());
        List<IndexElement> indexes = list(old.indexes(), this::index);
        yield array == old.array() && indexes == old.indexes()
            ? old
            : new Expression.ArrayElement(old.span(), array, indexes);
      }
      case Expression.FunctionCall old -> {
        List<Expression> arguments = list(old.arguments(), this::expression);
        if (arguments == old.arguments()) {
          yield old;
        }
        Expression.FunctionCall call =
            new Expression.FunctionCall(old.span(), old.function(), arguments);
        copied(old, call);
        yield call;
      }
      case Expression.Unary old -> {
        Expression operand = expression(old.operand());
        yield operand == old.operand()
            ? old
            : new Expression.Unary(old.span(), old.operator(), operand);
      }
      case Expression.Binary old -> {
        Expression left = expression(old.left());
        Expression right = expression(old.right());
        yield left == old.left() && right == old.right()
            ? old
            : new Expression.Binary(old.span(), old.operator(), old.operatorSpan(), left, right);
      }
      case Expression.Assignment old -> {
        Expression target = expression(old.target());
        Expression value = expression(old.value());
        yield target == old.target() && value == old.value()
            ? old
            : new Expression.Assignment(
                old.span(), old.operator(), old.operatorSpan(), target, value);
      }
      case Expression.Step old -> {
        Expression operand = expression(old.operand());
        yield operand == old.operand()
            ? old
            : new Expression.Step(old.span(), old.isPrefix(), old.isDecrement(), operand);
      }
      case Expression.Conditional old -> {
        Expression condition = expression(old.condition());
        Expression then = expression(old.then());
        Expression otherwise = expression(old.otherwise());
        yield condition == old.condition() && then == old.then() && otherwise == old.otherwise()
            ? old
            : new Expression.Conditional(old.span(), condition, then, otherwise);
      }
      case Expression.Membership old -> {
        List<IndexElement> indexes = list(old.indexes(), this::index);
        Expression array = expression(old.array());
        yield indexes == old.indexes() && array == old.array()
            ? old
            : new Expression.Membership(old.span(), indexes, array);
      }
      case Expression.RegexMatch old -> {
        Expression subject = expression(old.subject());
        yield subject == old.subject()
            ? old
            : new Expression.RegexMatch(old.span(), old.isNegated(), subject, old.pattern());
      }
      case Expression.Statistic old -> {
        Expression operand = expression(old.operand());
        yield operand == old.operand()
            ? old
            : new Expression.Statistic(old.span(), old.operator(), operand, old.shift());
      }
      case Expression.Histogram old -> {
        Expression operand = expression(old.operand());
        yield operand == old.operand()
            ? old
            : new Expression.Histogram(old.span(), operand, old.linear());
      }
      case Expression.Print old -> {
        List<Expression> arguments = list(old.arguments(), this::expression);
        yield arguments == old.arguments()
            ? old
            : new Expression.Print(
                old.span(),
                old.asString(),
                old.form(),
                old.format(),
                old.formatLiteral(),
                old.newline(),
                arguments);
      }
      case Expression.Attempt old -> {
        Expression value = expression(old.value());
        Expression otherwise = expression(old.otherwise());
        yield value == old.value() && otherwise == old.otherwise()
            ? old
            : new Expression.Attempt(old.span(), value, otherwise);
      }
      // Leaves, and what is not carried yet and therefore an error anyway.
      default -> expression;
    };
  }

  private IndexElement index(IndexElement element) {
    return element instanceof Expression expression ? expression(expression) : element;
  }

  /** The list itself where nothing in it is rewritten, as in most of a script. */
  private static <T> List<T> list(List<T> old, UnaryOperator<T> rewrite) {
    for (int i = 0; i < old.size(); i++) {
      T result = rewrite.apply(old.get(i));
      if (result != old.get(i)) {
        List<T> rewritten = new ArrayList<>(old.subList(0, i));
        rewritten.add(result);
        old.subList(i + 1, old.size()).forEach(rest -> rewritten.add(rewrite.apply(rest)));
        return rewritten;
      }
    }
    return old;
  }

  private static <T> Optional<T> optional(Optional<T> old, UnaryOperator<T> rewrite) {
    if (old.isEmpty()) {
      return old;
    }
    T result = rewrite.apply(old.get());
    return result == old.get() ? old : Optional.of(result);
  }
}
