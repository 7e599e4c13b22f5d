package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes the expressions that begin with {@code @}. */
final class AtOperatorBuilder {
  private final ExpressionBuilder expressions;
  private final LiteralBuilder literals;
  private final DiagnosticCollector diagnostics;
  private final boolean isPrivileged;

  AtOperatorBuilder(
      ExpressionBuilder expressions,
      LiteralBuilder literals,
      DiagnosticCollector diagnostics,
      boolean isPrivileged) {
    this.expressions = expressions;
    this.literals = literals;
    this.diagnostics = diagnostics;
    this.isPrivileged = isPrivileged;
  }

  /** {@code @count(s)} and its kin. */
  Expression statistic(ScriptGrammar.StatisticContext context) {
    Expression operand = expressions.expression(context.expression(), context);
    expressions.depth().deepen();
    Optional<Expression.NumberLiteral> shift =
        context.signedNumber() == null
            ? Optional.empty()
            : Optional.of(literals.number(context.signedNumber(), context));
    if (shift.isPresent() && context.statisticName().AT_VARIANCE() == null) {
      diagnostics.error(
          SyntaxCodes.INVALID_TOKEN,
          Spans.of(context.COMMA().getSymbol()),
          "not more than 1 parameter allowed");
    }
    return new Expression.Statistic(
        Spans.of(context), operator(context.statisticName()), operand, shift);
  }

  /** Which figure a name stands for. */
  static StatisticOperator operator(ScriptGrammar.StatisticNameContext name) {
    return switch (name.getStart().getType()) {
      case ScriptLexer.AT_AVG -> StatisticOperator.AVERAGE;
      case ScriptLexer.AT_COUNT -> StatisticOperator.COUNT;
      case ScriptLexer.AT_SUM -> StatisticOperator.SUM;
      case ScriptLexer.AT_MIN -> StatisticOperator.MINIMUM;
      case ScriptLexer.AT_MAX -> StatisticOperator.MAXIMUM;
      default -> StatisticOperator.VARIANCE;
    };
  }

  /** {@code @hist_log} or {@code @hist_linear}. */
  Expression histogram(ScriptGrammar.HistogramContext context) {
    Expression operand = expressions.expression(context.expression(), context);
    expressions.depth().deepen();
    Optional<Expression.LinearBuckets> linear =
        context.AT_HIST_LINEAR() == null
            ? Optional.empty()
            : Optional.of(
                new Expression.LinearBuckets(
                    literals.number(context.low, context),
                    literals.number(context.high, context),
                    literals.number(context.step, context)));
    return new Expression.Histogram(Spans.of(context), operand, linear);
  }

  /** Any other. */
  Expression operator(ScriptGrammar.AtOperatorContext operator) {
    // No pattern switch: its first use costs milliseconds before the first diagnostic.
    if (operator instanceof ScriptGrammar.DefinedContext context) {
      return new Expression.Defined(Spans.of(context), operand(context.expression(), context));
    } else if (operator instanceof ScriptGrammar.CastContext context) {
      return cast(context);
    } else if (operator instanceof ScriptGrammar.AtVariableContext context) {
      return new Expression.AtVariable(
          Spans.of(context),
          literals.string(context.string(0), context),
          optional(context.string(1), context));
    } else if (operator instanceof ScriptGrammar.EntryContext context) {
      return new Expression.Entry(Spans.of(context), operand(context.expression(), context));
    } else if (operator instanceof ScriptGrammar.PerfContext context) {
      return new Expression.Perf(Spans.of(context), literals.string(context.string(), context));
    } else if (operator instanceof ScriptGrammar.ProbeWriteContext context) {
      return probeWrite(context);
    } else if (operator instanceof ScriptGrammar.ConstantContext context) {
      return constant(context);
    } else if (operator instanceof ScriptGrammar.EnumValueContext context) {
      return new Expression.EnumValue(
          Spans.of(context), literals.string(context.string(), context));
    } else if (operator instanceof ScriptGrammar.EnumNameContext context) {
      return new Expression.EnumName(
          Spans.of(context),
          operand(context.expression(), context),
          optional(context.string(0), context),
          optional(context.string(1), context));
    } else if (operator instanceof ScriptGrammar.RegisterContext context) {
      return register(context);
    } else if (operator instanceof ScriptGrammar.DereferenceContext context) {
      return dereference(context);
    }
    return expressions.missing(operator);
  }

  private Expression cast(ScriptGrammar.CastContext context) {
    Expression operand = operand(context.expression(), context);
    Expression.StringLiteral type = literals.string(context.string(0), context);
    boolean isWhole = context.exception == null && context.RIGHT_PAREN() != null;
    // What stands for a string that cannot be had is empty too, and has been complained of.
    ScriptGrammar.StringContext name = context.string(0);
    if (isWhole && name != null && name.getText().equals("\"\"")) {
      Token behind =
          context.COMMA().size() > 1
              ? context.COMMA(1).getSymbol()
              : context.RIGHT_PAREN().getSymbol();
      diagnostics.error(SyntaxCodes.EXPECTED_TOKEN, Spans.of(behind), "expected non-empty string");
    }
    return new Expression.Cast(
        Spans.of(context), operand, type, optional(context.string(1), context));
  }

  private Expression operand(
      ScriptGrammar.@Nullable ExpressionContext context, ParserRuleContext parent) {
    Expression operand = expressions.expression(context, parent);
    expressions.depth().deepen();
    return operand;
  }

  private Optional<Expression.StringLiteral> optional(
      ScriptGrammar.@Nullable StringContext context, ParserRuleContext parent) {
    return context == null ? Optional.empty() : Optional.of(literals.string(context, parent));
  }

  private Expression probeWrite(ScriptGrammar.ProbeWriteContext context) {
    return context.NAME() == null
        ? expressions.missing(context)
        : new Expression.ProbeWrite(
            Spans.of(context),
            new Identifier(Spans.of(context.NAME().getSymbol()), context.NAME().getText()));
  }

  private Expression constant(ScriptGrammar.ConstantContext context) {
    requireGuru(context.getStart(), "using @const operator not permitted; need stap -g");
    return new Expression.Constant(Spans.of(context), literals.string(context.string(), context));
  }

  private Expression register(ScriptGrammar.RegisterContext context) {
    if (context.AT_KREGISTER() != null) {
      requireGuru(context.getStart(), "using @kregister operator not permitted; need stap -g");
    }
    return new Expression.Register(
        Spans.of(context),
        context.AT_UREGISTER() != null,
        literals.number(context.NUMBER(), context));
  }

  private Expression dereference(ScriptGrammar.DereferenceContext context) {
    if (context.AT_KDEREF() != null) {
      requireGuru(context.getStart(), "using @kderef operator not permitted; need stap -g");
    }
    return new Expression.Dereference(
        Spans.of(context),
        context.AT_UDEREF() != null,
        literals.number(context.NUMBER(), context),
        operand(context.expression(), context));
  }

  private void requireGuru(Token operator, String message) {
    if (!isPrivileged) {
      diagnostics.error(SyntaxCodes.NEEDS_GURU, Spans.of(operator), message);
    }
  }
}
