package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions of parse contexts. A context that a mistake cut short gives what it has, with
 * {@link Expression.Erroneous} where something is missing.
 */
final class ExpressionBuilder {
  /** How deep an expression's tree may be: later stages walk it by recursion. */
  private static final int DEEPEST = 500;

  private final DiagnosticCollector diagnostics;
  private final boolean isPrivileged;
  private final LiteralBuilder literals;
  private final AtOperatorBuilder atOperators;
  private final PrintBuilder prints;

  /** How deep the tree of the expression built last is. */
  private int depth;

  private boolean wasTooDeep;

  ExpressionBuilder(DiagnosticCollector diagnostics, boolean isPrivileged) {
    this.diagnostics = diagnostics;
    this.isPrivileged = isPrivileged;
    this.literals = new LiteralBuilder(diagnostics);
    this.atOperators = new AtOperatorBuilder(this, literals, diagnostics, isPrivileged);
    this.prints = new PrintBuilder(this, diagnostics);
  }

  LiteralBuilder literals() {
    return literals;
  }

  /** An expression of its own: one so deep that it could not be followed is refused. */
  Expression complete(ScriptGrammar.@Nullable ExpressionContext context, ParserRuleContext parent) {
    wasTooDeep = false;
    depth = 0;
    Expression whole = expression(context, parent);
    if (!wasTooDeep) {
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
    Expression left = logic(context.logic(), context);
    if (context.QUESTION() != null) {
      left = conditional(left, context.expression(0), context.conditional(), context);
    }
    ScriptGrammar.AssignmentOperatorContext operator = context.assignmentOperator();
    if (operator == null || operator.getStart() == null || operator.getChildCount() == 0) {
      return left;
    }
    int leftDepth = depth;
    Expression value = expression(context.expression(context.QUESTION() == null ? 0 : 1), context);
    deepen(leftDepth);
    return new Expression.Assignment(
        Spans.of(context),
        assignment(operator.getStart().getType()),
        Spans.of(operator.getStart()),
        left,
        value);
  }

  private Expression conditional(
      Expression condition,
      ScriptGrammar.@Nullable ExpressionContext then,
      ScriptGrammar.@Nullable ConditionalContext otherwise,
      ParserRuleContext parent) {
    int deepest = depth;
    Expression thenExpression = expression(then, parent);
    deepest = Math.max(deepest, depth);
    Expression otherwiseExpression = otherwise == null ? missing(parent) : conditional(otherwise);
    deepen(deepest);
    // An assignment may follow in the same context, and is outside.
    Span span =
        otherwise == null ? Spans.of(parent) : Spans.of(parent.getStart()).to(Spans.of(otherwise));
    return new Expression.Conditional(span, condition, thenExpression, otherwiseExpression);
  }

  private Expression conditional(ScriptGrammar.ConditionalContext context) {
    Expression left = logic(context.logic(), context);
    return context.QUESTION() == null
        ? left
        : conditional(left, context.expression(), context.conditional(), context);
  }

  private Expression logic(ScriptGrammar.@Nullable LogicContext context, ParserRuleContext parent) {
    if (context == null || context.children == null) {
      return missing(parent);
    }
    if (context.children.size() == 1) {
      return membership(context.children.getFirst(), context);
    }
    Folding folding = new Folding();
    for (int i = 0; i <= context.children.size(); i += 2) {
      ParseTree operand = i < context.children.size() ? context.children.get(i) : null;
      Expression expression = operand == null ? missing(context) : membership(operand, context);
      folding.operand(expression, Spans.ofOr(operand, context), depth);
      if (i + 1 >= context.children.size()) {
        break;
      }
      if (!(context.children.get(i + 1) instanceof ParserRuleContext operator)
          || operator.getChildCount() == 0) {
        break;
      }
      folding.operator(logicOperator(operator.getStart().getType()), Spans.of(operator.getStart()));
    }
    return finish(folding.result());
  }

  private Expression membership(ParseTree tree, ParserRuleContext parent) {
    if (!(tree instanceof ScriptGrammar.MembershipContext context)) {
      return missing(parent);
    }
    List<IndexElement> indexes;
    if (context.LEFT_BRACKET() == null) {
      Expression left = comparison(context.comparison(), context);
      if (context.IN() == null) {
        return left;
      }
      indexes = List.of(left);
    } else {
      indexes = elements(context.elements(), context);
      if (context.IN() == null) {
        return unbracketed(indexes, context);
      }
    }
    deepen(0);
    return new Expression.Membership(
        Spans.of(context), indexes, indexable(context.indexable(), context));
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

  private Expression comparison(
      ScriptGrammar.@Nullable ComparisonContext context, ParserRuleContext parent) {
    if (context == null || context.children == null) {
      return missing(parent);
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
      Expression expression = operand == null ? missing(context) : operand(operand, context);
      folding.operand(expression, Spans.ofOr(operand, context), depth);
      at++;
      if (at >= children.size()
          || !(children.get(at) instanceof ScriptGrammar.ArithmeticOperatorContext operator)
          || operator.getChildCount() == 0) {
        break;
      }
      BinaryOperator binary = arithmeticOperator(operator.getStart().getType());
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
    deepen(0);
    return new Expression.RegexMatch(
        Spans.of(context),
        regex.getSymbol().getType() == ScriptLexer.REGEX_MISMATCH,
        left,
        literals.string(context.string(), context));
  }

  private Expression operand(ParseTree tree, ParserRuleContext parent) {
    if (!(tree instanceof ScriptGrammar.OperandContext context) || context.children == null) {
      return missing(parent);
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
    Expression expression = value(context.value(), context);
    Span end = Spans.of(context);
    if (step != null) {
      deepen(0);
      Span first =
          isPrefix ? Spans.of(step) : context.value() == null ? end : Spans.of(context.value());
      boolean isDecrement =
          step.getType() == ScriptLexer.DECREMENT || step.getType() == ScriptLexer.PREFIX_DECREMENT;
      expression = new Expression.Step(first.to(end), isPrefix, isDecrement, expression);
    }
    for (int i = prefixes - 1; i >= 0; i--) {
      Token sign = ((ScriptGrammar.PrefixOperatorContext) context.children.get(i)).getStart();
      deepen(0);
      expression = new Expression.Unary(Spans.of(sign).to(end), unary(sign.getType()), expression);
    }
    return expression;
  }

  private Expression value(ScriptGrammar.@Nullable ValueContext context, ParserRuleContext parent) {
    if (context == null || context.children == null) {
      return missing(parent);
    }
    int addresses = 0;
    while (addresses < context.children.size()
        && context.children.get(addresses) instanceof TerminalNode) {
      addresses++;
    }
    Expression expression = primary(context.primary(), context);
    Span first = context.primary() == null ? Spans.of(context) : Spans.of(context.primary());
    for (int i = addresses + 1; i < context.children.size(); i++) {
      if (context.children.get(i) instanceof ScriptGrammar.SuffixContext suffix) {
        deepen(0);
        expression = suffix(first.to(Spans.of(suffix)), expression, suffix);
      }
    }
    boolean isHistogram =
        expression instanceof Expression.Histogram && context.primary().exception == null;
    if (isHistogram && !isPrinted(context)) {
      diagnostics.error(
          SyntaxCodes.INVALID_TOKEN,
          expression.span(),
          "base histogram operator where expression expected");
    }
    for (int i = addresses - 1; i >= 0; i--) {
      deepen(0);
      Span sign = Spans.of(((TerminalNode) context.children.get(i)).getSymbol());
      expression = new Expression.AddressOf(sign.to(Spans.of(context)), expression);
    }
    return expression;
  }

  /** Whether an expression is all there is of an argument of {@code print}. */
  private static boolean isPrinted(ParserRuleContext expression) {
    ParserRuleContext whole = expression;
    while (whole.getParent() != null && whole.getParent().getChildCount() == 1) {
      whole = whole.getParent();
    }
    if (whole.getParent() instanceof ScriptGrammar.ArgumentsContext arguments) {
      whole = arguments;
    }
    return whole instanceof ScriptGrammar.ArgumentsContext
        && whole.getParent() != null
        && whole.getParent().getStart().getType() == ScriptLexer.PRINT_NAME;
  }

  private Expression suffix(Span span, Expression base, ScriptGrammar.SuffixContext suffix) {
    if (suffix.PRETTY() != null) {
      return new Expression.PrettyPrint(span, base, suffix.PRETTY().getText().length() == 2);
    }
    if (suffix.ARROW() != null) {
      TerminalNode name = suffix.NAME();
      return name == null
          ? new Expression.Member(span, base, new Identifier(Spans.of(suffix), ""))
          : member(span, base, name.getSymbol());
    }
    int baseDepth = depth;
    List<IndexElement> indexes = elements(suffix.elements(), suffix);
    depth = Math.max(depth, baseDepth);
    if (base instanceof Expression.Symbol || base instanceof Expression.Histogram) {
      return new Expression.ArrayElement(span, base, indexes);
    }
    if (indexes.size() == 1 && indexes.getFirst() instanceof Expression index) {
      return new Expression.TargetElement(span, base, index);
    }
    diagnostics.error(
        SyntaxCodes.EXPECTED_TOKEN,
        indexes.getFirst().span(),
        "unexpected index of a target variable");
    return new Expression.Erroneous(span);
  }

  private static Expression member(Span span, Expression base, Token name) {
    String text = name.getText();
    int dollars = text.endsWith("$$") ? 2 : text.endsWith("$") ? 1 : 0;
    Span nameSpan = Spans.of(name);
    if (dollars == 0) {
      return new Expression.Member(span, base, new Identifier(nameSpan, text));
    }
    String plain = text.substring(0, text.length() - dollars);
    if (plain.isEmpty()) {
      return new Expression.PrettyPrint(span, base, dollars == 2);
    }
    Span memberSpan =
        new Span(
            nameSpan.source(), nameSpan.start(), nameSpan.end() - dollars, nameSpan.expansions());
    Span inner =
        new Span(
            span.source(),
            span.start(),
            Math.max(span.start(), span.end() - dollars),
            span.expansions());
    return new Expression.PrettyPrint(
        span, new Expression.Member(inner, base, new Identifier(memberSpan, plain)), dollars == 2);
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
        deepest = Math.max(deepest, depth);
      } else {
        elements.add(new IndexElement.Wildcard(Spans.of(element)));
      }
    }
    depth = deepest;
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
      deepest = Math.max(deepest, depth);
    }
    depth = deepest + 1;
    return arguments;
  }

  private Expression primary(
      ScriptGrammar.@Nullable PrimaryContext context, ParserRuleContext parent) {
    depth = 1;
    if (context == null || context.children == null) {
      return missing(parent);
    }
    // No pattern switch: its first use costs milliseconds before the first diagnostic.
    ParseTree first = context.children.getFirst();
    if (first instanceof TerminalNode terminal) {
      return ofTerminal(terminal.getSymbol(), context);
    } else if (first instanceof ScriptGrammar.StringContext string) {
      return literals.string(string, context);
    } else if (first instanceof ScriptGrammar.StatisticContext statistic) {
      return atOperators.statistic(statistic);
    } else if (first instanceof ScriptGrammar.HistogramContext histogram) {
      return atOperators.histogram(histogram);
    } else if (first instanceof ScriptGrammar.AtOperatorContext operator) {
      return atOperators.operator(operator);
    }
    return missing(context);
  }

  private Expression ofTerminal(Token token, ScriptGrammar.PrimaryContext context) {
    return switch (token.getType()) {
      case ScriptLexer.NAME ->
          context.CALL() == null
              ? variable(token)
              : new Expression.FunctionCall(
                  Spans.of(context),
                  new Identifier(Spans.of(token), token.getText()),
                  arguments(context.arguments()));
      case ScriptLexer.PRINT_NAME -> prints.print(token, context);
      case ScriptLexer.NUMBER -> literals.number(token);
      case ScriptLexer.LEFT_PAREN -> expression(context.expression(), context);
      case ScriptLexer.EMBEDDED -> embedded(token);
      default -> missing(context);
    };
  }

  private static Expression variable(Token token) {
    String name = token.getText();
    Span span = Spans.of(token);
    if (name.charAt(0) != '$') {
      return new Expression.Symbol(span, name);
    }
    int dollars = name.endsWith("$$") ? 2 : name.endsWith("$") ? 1 : 0;
    if (dollars == 0 || name.length() <= 2) {
      return new Expression.TargetVariable(span, name);
    }
    Span inner = new Span(span.source(), span.start(), span.end() - dollars, span.expansions());
    return new Expression.PrettyPrint(
        span,
        new Expression.TargetVariable(inner, name.substring(0, name.length() - dollars)),
        dollars == 2);
  }

  private Expression embedded(Token token) {
    if (!isPrivileged) {
      diagnostics.error(
          SyntaxCodes.NEEDS_GURU,
          Spans.of(token),
          "embedded expression code in unprivileged script; need stap -g");
    }
    return new Expression.Embedded(Spans.of(token), embeddedCode(token));
  }

  /** The code of a {@code %{ … %}} token. */
  static EmbeddedCode embeddedCode(Token token) {
    String text = token.getText();
    int end = text.endsWith("%}") && text.length() >= 4 ? text.length() - 2 : text.length();
    return new EmbeddedCode(Spans.of(token), text.substring(2, end));
  }

  /** A place holder where something is missing: at the end of what there is. */
  Expression.Erroneous missing(ParserRuleContext parent) {
    Span span = Spans.of(parent);
    return new Expression.Erroneous(
        new Span(span.source(), span.end(), span.end(), span.expansions()));
  }

  private Expression finish(Folding.Operand whole) {
    depth = whole.depth() - 1;
    deepen(0);
    return whole.expression();
  }

  /** Counts one more level above the expression built last, and above another of a given depth. */
  void deepen(int other) {
    depth = Math.max(depth, other) + 1;
    if (depth > DEEPEST) {
      wasTooDeep = true;
    }
  }

  private static BinaryOperator logicOperator(int type) {
    return switch (type) {
      case ScriptLexer.LOGICAL_OR -> BinaryOperator.LOGICAL_OR;
      case ScriptLexer.LOGICAL_AND -> BinaryOperator.LOGICAL_AND;
      case ScriptLexer.OR -> BinaryOperator.OR;
      case ScriptLexer.EXCLUSIVE_OR -> BinaryOperator.EXCLUSIVE_OR;
      default -> BinaryOperator.AND;
    };
  }

  private static BinaryOperator arithmeticOperator(int type) {
    return switch (type) {
      case ScriptLexer.LESS -> BinaryOperator.LESS;
      case ScriptLexer.GREATER -> BinaryOperator.GREATER;
      case ScriptLexer.LESS_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
      case ScriptLexer.GREATER_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
      case ScriptLexer.EQUAL -> BinaryOperator.EQUAL;
      case ScriptLexer.NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
      case ScriptLexer.SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
      case ScriptLexer.SHIFT_RIGHT -> BinaryOperator.SHIFT_RIGHT;
      case ScriptLexer.SHIFT_RIGHT_UNSIGNED -> BinaryOperator.SHIFT_RIGHT_UNSIGNED;
      case ScriptLexer.DOT -> BinaryOperator.CONCATENATE;
      case ScriptLexer.PLUS -> BinaryOperator.ADD;
      case ScriptLexer.MINUS -> BinaryOperator.SUBTRACT;
      case ScriptLexer.STAR -> BinaryOperator.MULTIPLY;
      case ScriptLexer.DIVIDE -> BinaryOperator.DIVIDE;
      default -> BinaryOperator.MODULO;
    };
  }

  private static UnaryOperator unary(int type) {
    return switch (type) {
      case ScriptLexer.PREFIX_PLUS -> UnaryOperator.PLUS;
      case ScriptLexer.PREFIX_MINUS -> UnaryOperator.MINUS;
      case ScriptLexer.NOT -> UnaryOperator.NOT;
      default -> UnaryOperator.COMPLEMENT;
    };
  }

  private static AssignmentOperator assignment(int type) {
    return switch (type) {
      case ScriptLexer.ASSIGN -> AssignmentOperator.ASSIGN;
      case ScriptLexer.AGGREGATE -> AssignmentOperator.AGGREGATE;
      case ScriptLexer.ADD_ASSIGN -> AssignmentOperator.ADD;
      case ScriptLexer.SUBTRACT_ASSIGN -> AssignmentOperator.SUBTRACT;
      case ScriptLexer.MULTIPLY_ASSIGN -> AssignmentOperator.MULTIPLY;
      case ScriptLexer.DIVIDE_ASSIGN -> AssignmentOperator.DIVIDE;
      case ScriptLexer.MODULO_ASSIGN -> AssignmentOperator.MODULO;
      case ScriptLexer.SHIFT_LEFT_ASSIGN -> AssignmentOperator.SHIFT_LEFT;
      case ScriptLexer.SHIFT_RIGHT_ASSIGN -> AssignmentOperator.SHIFT_RIGHT;
      case ScriptLexer.AND_ASSIGN -> AssignmentOperator.AND;
      case ScriptLexer.EXCLUSIVE_OR_ASSIGN -> AssignmentOperator.EXCLUSIVE_OR;
      case ScriptLexer.OR_ASSIGN -> AssignmentOperator.OR;
      default -> AssignmentOperator.CONCATENATE;
    };
  }
}
