package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes what operators work on: names, literals, calls, and what is reached from them. */
final class ValueBuilder {
  private final ExpressionBuilder expressions;
  private final AtOperatorBuilder atOperators;
  private final LanguageGates gates;
  private final PrintBuilder prints;
  private final DiagnosticCollector diagnostics;
  private final ExpressionDepth depth;
  private final boolean isPrivileged;

  ValueBuilder(
      ExpressionBuilder expressions,
      AtOperatorBuilder atOperators,
      LanguageGates gates,
      DiagnosticCollector diagnostics,
      boolean isPrivileged) {
    this.expressions = expressions;
    this.atOperators = atOperators;
    this.gates = gates;
    this.prints = new PrintBuilder(expressions, diagnostics);
    this.diagnostics = diagnostics;
    this.depth = expressions.depth();
    this.isPrivileged = isPrivileged;
  }

  /** A value with its suffixes, or the address of it. */
  Expression value(ScriptGrammar.@Nullable ValueContext context, ParserRuleContext parent) {
    if (context == null || context.children == null) {
      return expressions.missing(parent);
    }
    int addresses = context.ADDRESS_OF() == null ? 0 : 1;
    Expression expression = primary(context.primary(), context);
    Span first = context.primary() == null ? Spans.of(context) : Spans.of(context.primary());
    for (int i = addresses + 1; i < context.children.size(); i++) {
      if (context.children.get(i) instanceof ScriptGrammar.SuffixContext suffix) {
        depth.deepen();
        boolean isArray =
            i == addresses + 1 && context.primary() != null && isArray(context.primary());
        expression = suffix(first.to(Spans.of(suffix)), expression, suffix, isArray);
      }
    }
    if (expression instanceof Expression.Histogram && context.primary().exception == null) {
      checkHistogram(expression, context);
    }
    if (context.ADDRESS_OF() != null) {
      if (!gates.hasAutocast() && context.primary() != null && !isTarget(context.primary())) {
        diagnostics.error(SyntaxCodes.EXPECTED_TOKEN, first, "expected @cast, @var or $var");
      }
      depth.deepen();
      expression = new Expression.AddressOf(Spans.of(context), expression);
    }
    return expression;
  }

  /** A histogram alone must be all that {@code print} or {@code println} is given. */
  private void checkHistogram(Expression histogram, ScriptGrammar.ValueContext context) {
    ParserRuleContext whole = context;
    while (whole.getParent() != null && whole.getParent().getChildCount() == 1) {
      whole = whole.getParent();
    }
    ParserRuleContext arguments =
        whole instanceof ScriptGrammar.ArgumentsContext ? whole : whole.getParent();
    boolean isWhole = whole.equals(arguments);
    boolean isPrinted =
        arguments instanceof ScriptGrammar.ArgumentsContext
            && arguments.getParent().getStart().getType() == ScriptLexer.PRINT_NAME
            && (isWhole || arguments.getChild(0).equals(whole));
    if (!isPrinted) {
      diagnostics.error(
          SyntaxCodes.HISTOGRAM,
          histogram.span(),
          "base histogram operator where expression expected");
    } else if (!isWhole && arguments.getChild(1) instanceof TerminalNode comma) {
      diagnostics.error(SyntaxCodes.EXPECTED_TOKEN, Spans.of(comma.getSymbol()), "expected ')'");
    }
  }

  /** Whether several indexes may stand behind a name or operator. */
  static boolean isArray(ScriptGrammar.PrimaryContext primary) {
    return primary.histogram() != null
        || (primary.NAME() != null
            && primary.CALL() == null
            && primary.NAME().getText().charAt(0) != '$');
  }

  /** Whether it names data of the traced program. */
  private static boolean isTarget(ScriptGrammar.PrimaryContext primary) {
    return primary.NAME() != null
        ? primary.NAME().getText().charAt(0) == '$'
        : primary.atOperator() instanceof ScriptGrammar.CastContext
            || primary.atOperator() instanceof ScriptGrammar.AtVariableContext;
  }

  private Expression suffix(
      Span span, Expression base, ScriptGrammar.SuffixContext suffix, boolean isArray) {
    if (base instanceof Expression.PrettyPrint) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(suffix.getStart()),
          "-> and [ are not accepted for a pretty-printing variable");
    }
    if (suffix.PRETTY() != null) {
      return new Expression.PrettyPrint(span, base, suffix.PRETTY().getText().length() == 2);
    }
    if (suffix.ARROW() != null) {
      TerminalNode name = suffix.NAME();
      return name == null
          ? new Expression.Member(span, base, new Identifier(Spans.of(suffix), ""))
          : member(span, base, name.getSymbol());
    }
    int baseDepth = depth.last();
    List<IndexElement> indexes = expressions.elements(suffix.elements(), suffix);
    depth.set(Math.max(depth.last(), baseDepth));
    if (!isArray && suffix.elements() != null && !isSingle(suffix.elements())) {
      return new Expression.Erroneous(span);
    }
    if (base instanceof Expression.Symbol || base instanceof Expression.Histogram) {
      return new Expression.ArrayElement(span, base, indexes);
    }
    return indexes.getFirst() instanceof Expression index
        ? new Expression.TargetElement(span, base, index)
        : new Expression.Erroneous(span);
  }

  /** What is no array takes one index, and no {@code *}. */
  private boolean isSingle(ScriptGrammar.ElementsContext elements) {
    for (ScriptGrammar.ElementContext element : elements.element()) {
      if (element.STAR() != null) {
        diagnostics.error(
            SyntaxCodes.EXPECTED_TOKEN, Spans.of(element), "expected literal string or number");
        return false;
      }
      if (elements.COMMA(0) != null) {
        diagnostics.error(
            SyntaxCodes.EXPECTED_TOKEN, Spans.of(elements.COMMA(0).getSymbol()), "expected ']'");
        return false;
      }
    }
    return true;
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

  private Expression primary(
      ScriptGrammar.@Nullable PrimaryContext context, ParserRuleContext parent) {
    depth.set(1);
    if (context == null || context.children == null) {
      return expressions.missing(parent);
    }
    // No pattern switch: its first use costs milliseconds before the first diagnostic.
    ParseTree first = context.children.getFirst();
    if (first instanceof TerminalNode terminal) {
      return ofTerminal(terminal.getSymbol(), context);
    } else if (first instanceof ScriptGrammar.StringContext string) {
      return expressions.literals().string(string, context);
    } else if (first instanceof ScriptGrammar.StatisticContext statistic) {
      return atOperators.statistic(statistic);
    } else if (first instanceof ScriptGrammar.HistogramContext histogram) {
      return atOperators.histogram(histogram);
    } else if (first instanceof ScriptGrammar.AtOperatorContext operator) {
      return atOperators.operator(operator);
    }
    return expressions.missing(context);
  }

  private Expression ofTerminal(Token token, ScriptGrammar.PrimaryContext context) {
    return switch (token.getType()) {
      case ScriptLexer.NAME ->
          context.CALL() == null
              ? variable(token)
              : new Expression.FunctionCall(
                  Spans.of(context),
                  new Identifier(Spans.of(token), token.getText()),
                  expressions.arguments(context.arguments()));
      case ScriptLexer.PRINT_NAME, ScriptLexer.FORMAT_NAME -> prints.print(token, context);
      case ScriptLexer.NUMBER -> expressions.literals().number(token);
      case ScriptLexer.LEFT_PAREN -> expressions.expression(context.expression(), context);
      case ScriptLexer.EMBEDDED -> embedded(token);
      default -> expressions.missing(context);
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
}
