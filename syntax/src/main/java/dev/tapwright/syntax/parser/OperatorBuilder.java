package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes what operators join, from {@code ||} down to signs. */
final class OperatorBuilder {
  private final ExpressionBuilder expressions;
  private final ValueBuilder values;
  private final DiagnosticCollector diagnostics;
  private final ExpressionDepth depth;

  OperatorBuilder(
      ExpressionBuilder expressions, ValueBuilder values, DiagnosticCollector diagnostics) {
    this.expressions = expressions;
    this.values = values;
    this.diagnostics = diagnostics;
    this.depth = expressions.depth();
  }

  /** Operands joined by {@code || && | ^ &}. */
  Expression logic(ScriptGrammar.@Nullable LogicContext context, ParserRuleContext parent) {
    if (context == null || context.children == null) {
      return expressions.missing(parent);
    }
    if (context.children.size() == 1) {
      return membership(context.children.getFirst(), context);
    }
    Folding folding = new Folding();
    for (int i = 0; i <= context.children.size(); i += 2) {
      ParseTree operand = i < context.children.size() ? context.children.get(i) : null;
      Expression expression =
          operand == null ? expressions.missing(context) : membership(operand, context);
      folding.operand(expression, Spans.ofOr(operand, context), depth.last());
      if (i + 1 >= context.children.size()) {
        break;
      }
      if (!(context.children.get(i + 1) instanceof ParserRuleContext operator)
          || operator.getChildCount() == 0) {
        break;
      }
      folding.operator(
          Operators.logic(operator.getStart().getType()), Spans.of(operator.getStart()));
    }
    return finish(folding.result());
  }

  private Expression membership(ParseTree tree, ParserRuleContext parent) {
    if (!(tree instanceof ScriptGrammar.MembershipContext context)) {
      return expressions.missing(parent);
    }
    List<IndexElement> indexes;
    if (context.LEFT_BRACKET() == null) {
      Expression left = comparison(context.comparison(), context);
      if (context.IN() == null) {
        return left;
      }
      indexes = List.of(left);
    } else {
      indexes = listElements(context.listElements(), context);
      if (context.IN() == null) {
        return unbracketed(indexes, context);
      }
    }
    depth.deepen();
    return new Expression.Membership(
        Spans.of(context), indexes, expressions.indexable(context.indexable(), context));
  }

  /** Brackets without {@code in} are but parentheses. */
  private Expression unbracketed(
      List<IndexElement> elements, ScriptGrammar.MembershipContext context) {
    if (elements.size() == 1 && elements.getFirst() instanceof Expression expression) {
      return expression;
    }
    if (context.exception == null) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(context),
          "unexpected comma-separated expression list");
    }
    return new Expression.Erroneous(Spans.of(context));
  }

  private Expression comparison(
      ScriptGrammar.@Nullable ComparisonContext context, ParserRuleContext parent) {
    if (context == null || context.children == null) {
      return expressions.missing(parent);
    }
    List<ParseTree> children = context.children;
    if (children.size() == 1) {
      return operand(children.getFirst(), context);
    }
    Folding folding = new Folding();
    boolean compares = false;
    int at = 0;
    while (true) {
      ParseTree operand = at < children.size() ? children.get(at) : null;
      Expression expression =
          operand == null ? expressions.missing(context) : operand(operand, context);
      folding.operand(expression, Spans.ofOr(operand, context), depth.last());
      at++;
      if (at >= children.size()
          || !(children.get(at) instanceof ScriptGrammar.ArithmeticOperatorContext operator)
          || operator.getChildCount() == 0) {
        break;
      }
      BinaryOperator binary = Operators.arithmetic(operator.getStart().getType());
      compares |= binary.isComparison();
      folding.operator(binary, Spans.of(operator.getStart()));
      at++;
    }
    Expression left = finish(folding.result());
    if (at >= children.size() || !(children.get(at) instanceof TerminalNode regex)) {
      return left;
    }
    if (compares) {
      // A comparison cannot go on with a match, so this sign stands where a statement or a closing
      // sign would.
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(regex.getSymbol()),
          "expected literal string or number");
      return left;
    }
    depth.deepen();
    return new Expression.RegexMatch(
        Spans.of(context),
        regex.getSymbol().getType() == ScriptLexer.REGEX_MISMATCH,
        left,
        expressions.literals().string(context.string(), context));
  }

  private Expression operand(ParseTree tree, ParserRuleContext parent) {
    if (!(tree instanceof ScriptGrammar.OperandContext context) || context.children == null) {
      return expressions.missing(parent);
    }
    int prefixes = 0;
    while (prefixes < context.children.size()
        && context.children.get(prefixes) instanceof ScriptGrammar.PrefixOperatorContext) {
      prefixes++;
    }
    Token step = null;
    boolean isPrefix = false;
    if (prefixes < context.children.size()
        && context.children.get(prefixes) instanceof TerminalNode terminal) {
      step = terminal.getSymbol();
      isPrefix = true;
    } else if (context.children.getLast() instanceof TerminalNode terminal) {
      step = terminal.getSymbol();
    }
    Expression expression = values.value(context.value(), context);
    Span end = Spans.of(context);
    if (step != null) {
      depth.deepen();
      Span first =
          isPrefix ? Spans.of(step) : context.value() == null ? end : Spans.of(context.value());
      boolean isDecrement =
          step.getType() == ScriptLexer.DECREMENT || step.getType() == ScriptLexer.PREFIX_DECREMENT;
      expression = new Expression.Step(first.to(end), isPrefix, isDecrement, expression);
    }
    for (int i = prefixes - 1; i >= 0; i--) {
      Token sign = ((ScriptGrammar.PrefixOperatorContext) context.children.get(i)).getStart();
      depth.deepen();
      expression =
          new Expression.Unary(Spans.of(sign).to(end), Operators.unary(sign.getType()), expression);
    }
    return expression;
  }

  private Expression finish(Folding.Operand whole) {
    depth.set(whole.depth() - 1);
    depth.deepen();
    return whole.expression();
  }

  /** What stands between the brackets of a list. */
  private List<IndexElement> listElements(
      ScriptGrammar.@Nullable ListElementsContext context, ParserRuleContext parent) {
    if (context == null) {
      return List.of(expressions.missing(parent));
    }
    List<IndexElement> elements = new ArrayList<>();
    int deepest = 0;
    for (ScriptGrammar.ListElementContext element : context.listElement()) {
      if (element.STAR() == null) {
        elements.add(comparison(element.comparison(), element));
        deepest = Math.max(deepest, depth.last());
      } else {
        elements.add(new IndexElement.Wildcard(Spans.of(element)));
      }
    }
    depth.set(deepest);
    return elements.isEmpty() ? List.of(expressions.missing(context)) : elements;
  }
}
