package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes statements of parse contexts; of those that a mistake cut short, what there is. */
final class StatementBuilder {
  private final DiagnosticCollector diagnostics;
  private final ExpressionBuilder expressions;
  private boolean inFunction;

  StatementBuilder(DiagnosticCollector diagnostics, ExpressionBuilder expressions) {
    this.diagnostics = diagnostics;
    this.expressions = expressions;
  }

  /**
   * The body of a probe or function.
   *
   * @param inFunction whether {@code return} is allowed
   */
  Statement.Block body(ScriptGrammar.BlockContext context, boolean inFunction) {
    this.inFunction = inFunction;
    return block(context);
  }

  private Statement.Block block(ScriptGrammar.BlockContext context) {
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < context.getChildCount(); i++) {
      if (context.getChild(i) instanceof ScriptGrammar.StatementContext statement) {
        Optional<Statement> built = statement(statement);
        if (built.isPresent()) {
          statements.add(built.get());
        }
      }
    }
    return new Statement.Block(Spans.of(context), statements);
  }

  private Statement.Block block(
      ScriptGrammar.@Nullable BlockContext context, ParserRuleContext parent) {
    return context == null ? emptyBlock(parent) : block(context);
  }

  private Statement.Block emptyBlock(ParserRuleContext parent) {
    return new Statement.Block(expressions.missing(parent).span(), List.of());
  }

  /** A statement that belongs to another; an empty block when it is missing. */
  private Statement part(
      ScriptGrammar.@Nullable StatementContext context, ParserRuleContext parent) {
    if (context == null) {
      return emptyBlock(parent);
    }
    Optional<Statement> statement = statement(context);
    return statement.isPresent() ? statement.get() : emptyBlock(parent);
  }

  private Optional<Statement> statement(ScriptGrammar.StatementContext context) {
    if (context.children == null) {
      return Optional.empty();
    }
    // By the numbers of the rules: a pattern switch costs milliseconds before the first diagnostic.
    if (!(context.children.getFirst() instanceof ParserRuleContext part)) {
      return ofWord((TerminalNode) context.children.getFirst(), context);
    }
    return switch (part.getRuleIndex()) {
      case ScriptGrammar.RULE_block -> Optional.of(block((ScriptGrammar.BlockContext) part));
      case ScriptGrammar.RULE_evaluation -> {
        Expression expression =
            expressions.complete(((ScriptGrammar.EvaluationContext) part).expression(), part);
        yield Optional.of(new Statement.Evaluation(Spans.of(context), expression));
      }
      case ScriptGrammar.RULE_ifStatement ->
          Optional.of(branch((ScriptGrammar.IfStatementContext) part));
      case ScriptGrammar.RULE_whileStatement -> {
        ScriptGrammar.WhileStatementContext loop = (ScriptGrammar.WhileStatementContext) part;
        yield Optional.of(
            new Statement.While(
                Spans.of(loop), condition(loop.condition(), loop), part(loop.statement(), loop)));
      }
      case ScriptGrammar.RULE_forStatement ->
          Optional.of(loop((ScriptGrammar.ForStatementContext) part));
      case ScriptGrammar.RULE_foreachStatement ->
          Optional.of(foreach((ScriptGrammar.ForeachStatementContext) part));
      case ScriptGrammar.RULE_tryStatement ->
          Optional.of(attempt((ScriptGrammar.TryStatementContext) part));
      case ScriptGrammar.RULE_returnStatement ->
          Optional.of(result((ScriptGrammar.ReturnStatementContext) part, context));
      case ScriptGrammar.RULE_deleteStatement -> {
        Expression target =
            expressions.complete(((ScriptGrammar.DeleteStatementContext) part).expression(), part);
        yield Optional.of(new Statement.Delete(Spans.of(context), target));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Statement> ofWord(
      TerminalNode word, ScriptGrammar.StatementContext context) {
    Span span = Spans.of(context);
    return switch (word.getSymbol().getType()) {
      case ScriptLexer.EMPTY -> Optional.of(new Statement.Empty(span));
      case ScriptLexer.NEXT -> Optional.of(new Statement.Next(span));
      case ScriptLexer.BREAK -> Optional.of(new Statement.Break(span));
      case ScriptLexer.CONTINUE -> Optional.of(new Statement.Continue(span));
      default -> Optional.empty();
    };
  }

  private Expression condition(
      ScriptGrammar.@Nullable ConditionContext context, ParserRuleContext parent) {
    return context == null
        ? expressions.missing(parent)
        : expressions.complete(context.expression(), context);
  }

  private Statement branch(ScriptGrammar.IfStatementContext context) {
    Expression condition = condition(context.condition(), context);
    Statement then = part(context.statement(0), context);
    Optional<Statement> otherwise =
        context.ELSE() == null
            ? Optional.empty()
            : Optional.of(part(context.statement(1), context));
    return new Statement.If(Spans.of(context), condition, then, otherwise);
  }

  private Statement loop(ScriptGrammar.ForStatementContext context) {
    Optional<Expression> initialization = Optional.empty();
    Optional<Expression> test = Optional.empty();
    Optional<Expression> step = Optional.empty();
    ScriptGrammar.ForHeaderContext header = context.forHeader();
    if (header != null) {
      initialization = optional(header.initialization, header);
      // A header that was cut short is no loop without end.
      test =
          header.exception == null
              ? optional(header.test, header)
              : Optional.of(expressions.complete(header.test, header));
      step = optional(header.step, header);
    }
    return new Statement.For(
        Spans.of(context), initialization, test, step, part(context.statement(), context));
  }

  private Optional<Expression> optional(
      ScriptGrammar.@Nullable ExpressionContext context, ParserRuleContext parent) {
    return context == null ? Optional.empty() : Optional.of(expressions.complete(context, parent));
  }

  private Statement foreach(ScriptGrammar.ForeachStatementContext context) {
    Statement body = part(context.statement(), context);
    ScriptGrammar.ForeachHeaderContext header = context.foreachHeader();
    ScriptGrammar.ForeachVariablesContext variables =
        header == null ? null : header.foreachVariables();
    if (header == null || variables == null) {
      return body;
    }
    Optional<LoopVariable> value = Optional.empty();
    List<LoopVariable> keys = new ArrayList<>();
    List<ScriptGrammar.LoopVariableContext> plain = variables.loopVariable();
    for (int i = 0; i < plain.size(); i++) {
      if (i == 0 && variables.ASSIGN() != null) {
        value = loopVariable(plain.get(i));
      } else {
        addVariable(plain.get(i), keys);
      }
    }
    if (variables.loopVariableList() != null) {
      for (ScriptGrammar.LoopVariableContext key : variables.loopVariableList().loopVariable()) {
        addVariable(key, keys);
      }
    }
    if (keys.isEmpty()) {
      return body;
    }
    List<IndexElement> slice =
        header.elements() == null ? List.of() : expressions.elements(header.elements(), header);
    Optional<StatisticOperator> aggregate =
        header.statisticName() == null
            ? Optional.empty()
            : Optional.of(AtOperatorBuilder.operator(header.statisticName()));
    checkSortMarks(header);
    return new Statement.Foreach(
        Spans.of(context),
        value,
        keys,
        expressions.indexable(header.indexable(), header),
        slice,
        aggregate,
        direction(header.sortMark()),
        optional(header.expression(), header),
        body);
  }

  /** At most one thing can be sorted by. */
  private void checkSortMarks(ScriptGrammar.ForeachHeaderContext header) {
    ParserRuleContext first = null;
    for (ScriptGrammar.SortMarkContext mark : sortMarks(header)) {
      if (first != null) {
        diagnostics.error(SyntaxCodes.EXPECTED_TOKEN, Spans.of(mark), "multiple sort directives");
        return;
      }
      first = mark;
    }
  }

  private static List<ScriptGrammar.SortMarkContext> sortMarks(
      ScriptGrammar.ForeachHeaderContext header) {
    List<ScriptGrammar.SortMarkContext> marks = new ArrayList<>();
    ScriptGrammar.ForeachVariablesContext variables = header.foreachVariables();
    List<ScriptGrammar.LoopVariableContext> all = new ArrayList<>(variables.loopVariable());
    if (variables.loopVariableList() != null) {
      all.addAll(variables.loopVariableList().loopVariable());
    }
    for (ScriptGrammar.LoopVariableContext variable : all) {
      if (variable.sortMark() != null) {
        marks.add(variable.sortMark());
      }
    }
    if (header.sortMark() != null) {
      marks.add(header.sortMark());
    }
    return marks;
  }

  private static void addVariable(
      ScriptGrammar.LoopVariableContext context, List<LoopVariable> variables) {
    Optional<LoopVariable> variable = loopVariable(context);
    if (variable.isPresent()) {
      variables.add(variable.get());
    }
  }

  private static Optional<LoopVariable> loopVariable(ScriptGrammar.LoopVariableContext context) {
    if (context.NAME() == null) {
      return Optional.empty();
    }
    Identifier name =
        new Identifier(Spans.of(context.NAME().getSymbol()), context.NAME().getText());
    return Optional.of(new LoopVariable(Spans.of(context), name, direction(context.sortMark())));
  }

  private static SortDirection direction(ScriptGrammar.@Nullable SortMarkContext mark) {
    if (mark == null) {
      return SortDirection.NONE;
    }
    return mark.getStart().getText().equals("+")
        ? SortDirection.ASCENDING
        : SortDirection.DESCENDING;
  }

  private Statement attempt(ScriptGrammar.TryStatementContext context) {
    Optional<Identifier> message =
        context.NAME() == null
            ? Optional.empty()
            : Optional.of(
                new Identifier(Spans.of(context.NAME().getSymbol()), context.NAME().getText()));
    return new Statement.Try(
        Spans.of(context),
        block(context.block(0), context),
        message,
        block(context.block(1), context));
  }

  private Statement result(
      ScriptGrammar.ReturnStatementContext context, ParserRuleContext statement) {
    if (!inFunction) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(context.getStart()),
          "found 'return' not in function context");
    }
    return new Statement.Return(Spans.of(statement), optional(context.expression(), context));
  }
}
