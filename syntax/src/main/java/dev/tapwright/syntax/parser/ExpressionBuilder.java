package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions of parse contexts. A context that a mistake cut short gives what it has, with
 * {@link Expression.Erroneous} where something is missing.
 *
 * <p>Operators are for {@link OperatorBuilder}, what they work on for {@link ValueBuilder}.
 */
final class ExpressionBuilder {
  private final LanguageGates gates;
  private final DiagnosticCollector diagnostics;
  private final ExpressionDepth depth = new ExpressionDepth();
  private final LiteralBuilder literals;
  private final AtOperatorBuilder atOperators;
  private final OperatorBuilder operators;

  ExpressionBuilder(LanguageGates gates, DiagnosticCollector diagnostics, boolean isPrivileged) {
    this.gates = gates;
    this.diagnostics = diagnostics;
    this.literals = new LiteralBuilder(diagnostics);
    this.atOperators = new AtOperatorBuilder(this, literals, diagnostics, isPrivileged);
    ValueBuilder values = new ValueBuilder(this, atOperators, gates, diagnostics, isPrivileged);
    this.operators = new OperatorBuilder(this, values, diagnostics);
  }

  LiteralBuilder literals() {
    return literals;
  }

  ExpressionDepth depth() {
    return depth;
  }

  /** An expression of its own: one so deep that it could not be followed is refused. */
  Expression complete(ScriptGrammar.@Nullable ExpressionContext context, ParserRuleContext parent) {
    depth.begin();
    Expression whole = expression(context, parent);
    if (!depth.isTooDeep()) {
      return whole;
    }
    if (context == null || context.exception == null) {
      diagnostics.error(SyntaxCodes.TOO_DEEP, whole.span(), "expression nested too deeply");
    }
    return new Expression.Erroneous(whole.span());
  }

  /**
   * An expression.
   *
   * @param parent what it is missing from, if it is
   */
  Expression expression(
      ScriptGrammar.@Nullable ExpressionContext context, ParserRuleContext parent) {
    if (context == null) {
      return missing(parent);
    }
    Expression left = operators.logic(context.logic(), context);
    if (context.QUESTION() != null) {
      left = conditional(left, context.expression(0), context.conditional(), context);
    }
    ScriptGrammar.AssignmentOperatorContext operator = context.assignmentOperator();
    if (operator == null || operator.getStart() == null || operator.getChildCount() == 0) {
      return left;
    }
    int leftDepth = depth.last();
    Expression value = expression(context.expression(context.QUESTION() == null ? 0 : 1), context);
    depth.deepen(leftDepth);
    Span place = Spans.of(operator.getStart());
    AssignmentOperator meaning = Operators.assignment(operator.getStart().getType());
    Span whole = Spans.of(context);
    return gates.hasTightConditionals() || context.conditional() == null
        ? new Expression.Assignment(whole, meaning, place, left, value)
        : assignedLast(
            left,
            context.conditional(),
            whole,
            target ->
                new Expression.Assignment(target.span().to(whole), meaning, place, target, value));
  }

  /** Before 4.0 an assignment behind {@code a ? b : c ? d : e} was to {@code e}. */
  private static Expression assignedLast(
      Expression choice,
      ScriptGrammar.ConditionalContext written,
      Span whole,
      UnaryOperator<Expression> assignment) {
    if (!(choice instanceof Expression.Conditional(Span span, var condition, var then, var last))) {
      return choice;
    }
    Expression assigned =
        written.conditional() == null
            ? assignment.apply(last)
            : assignedLast(last, written.conditional(), whole, assignment);
    return new Expression.Conditional(span.to(whole), condition, then, assigned);
  }

  private Expression conditional(
      Expression condition,
      ScriptGrammar.@Nullable ExpressionContext then,
      ScriptGrammar.@Nullable ConditionalContext otherwise,
      ParserRuleContext parent) {
    int deepest = depth.last();
    Expression thenExpression = expression(then, parent);
    deepest = Math.max(deepest, depth.last());
    Expression otherwiseExpression = otherwise == null ? missing(parent) : conditional(otherwise);
    depth.deepen(deepest);
    // An assignment may follow in the same context, and is outside.
    Span span =
        otherwise == null ? Spans.of(parent) : Spans.of(parent.getStart()).to(Spans.of(otherwise));
    return new Expression.Conditional(span, condition, thenExpression, otherwiseExpression);
  }

  private Expression conditional(ScriptGrammar.ConditionalContext context) {
    Expression left = operators.logic(context.logic(), context);
    return context.QUESTION() == null
        ? left
        : conditional(left, context.expression(), context.conditional(), context);
  }

  /** What {@code in} and {@code foreach} look into. */
  Expression indexable(ScriptGrammar.@Nullable IndexableContext context, ParserRuleContext parent) {
    if (context == null) {
      return missing(parent);
    }
    if (context.histogram() != null) {
      return atOperators.histogram(context.histogram());
    }
    return context.NAME() == null
        ? missing(context)
        : new Expression.Symbol(Spans.of(context), context.NAME().getText());
  }

  /** What stands between brackets; an element that a mistake swallowed is erroneous. */
  List<IndexElement> elements(
      ScriptGrammar.@Nullable ElementsContext context, ParserRuleContext parent) {
    if (context == null) {
      return List.of(missing(parent));
    }
    List<IndexElement> elements = new ArrayList<>();
    int deepest = 0;
    for (ScriptGrammar.ElementContext element : context.element()) {
      if (element.STAR() == null) {
        elements.add(expression(element.expression(), element));
        deepest = Math.max(deepest, depth.last());
      } else {
        elements.add(new IndexElement.Wildcard(Spans.of(element)));
      }
    }
    depth.set(deepest);
    return elements.isEmpty() ? List.of(missing(context)) : elements;
  }

  /** The arguments of a call. */
  List<Expression> arguments(ScriptGrammar.@Nullable ArgumentsContext context) {
    if (context == null) {
      return List.of();
    }
    List<Expression> arguments = new ArrayList<>();
    int deepest = 0;
    for (ScriptGrammar.ExpressionContext argument : context.expression()) {
      arguments.add(expression(argument, context));
      deepest = Math.max(deepest, depth.last());
    }
    depth.set(deepest + 1);
    return arguments;
  }

  /** A place holder where something is missing: at the end of what there is. */
  Expression.Erroneous missing(ParserRuleContext parent) {
    Span span = Spans.of(parent);
    return new Expression.Erroneous(
        new Span(span.source(), span.end(), span.end(), span.expansions()));
  }
}
