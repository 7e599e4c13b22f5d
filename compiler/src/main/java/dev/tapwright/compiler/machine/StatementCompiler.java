package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.machine.StatementCode.Leave;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles the statements of one handler or function. */
final class StatementCompiler {
  /**
   * How much deeper a file's records get by a statement within another: the record, and an optional
   * or list around it.
   */
  private static final int STATEMENT = 3;

  private final UserCompiler owner;
  private final ExpressionCompiler expressions;
  private final boolean isCounted;
  private int loops;

  /**
   * @param isCounted whether statements other than loops spend an action
   */
  StatementCompiler(UserCompiler owner, ExpressionCompiler expressions, boolean isCounted) {
    this.owner = owner;
    this.expressions = expressions;
    this.isCounted = isCounted;
  }

  /** The condition of a probe point. */
  Optional<NumberCode> condition(Optional<Expression> condition) {
    try {
      return condition.map(expressions::number);
    } catch (Unsupported unsupported) {
      owner.refuse(unsupported);
      return Optional.empty();
    }
  }

  /** Compiles a statement; what it cannot carry is reported, and the others are compiled still. */
  StatementCode statement(Statement statement) {
    try {
      expressions.enter(statement.span(), STATEMENT);
    } catch (Unsupported tooDeep) {
      return owner.refuse(tooDeep);
    }
    try {
      return compile(statement);
    } catch (Unsupported unsupported) {
      return owner.refuse(unsupported);
    } finally {
      expressions.leave(STATEMENT);
    }
  }

  private StatementCode compile(Statement statement) {
    int place =
        isCounted || isLoop(statement)
            ? owner.places().first(statement.span())
            : StatementCode.FREE;
    return switch (statement) {
      case Statement.Block block ->
          new StatementCode.Block(block.statements().stream().map(this::statement).toList());
      case Statement.Empty _ -> new StatementCode.Block(List.of());
      case Statement.Evaluation evaluation ->
          new StatementCode.Evaluate(expressions.code(evaluation.expression()), place);
      case Statement.If conditional ->
          new StatementCode.If(
              expressions.number(conditional.condition()),
              statement(conditional.then()),
              conditional.otherwise().map(this::statement),
              place);
      case Statement.While loop ->
          new StatementCode.Loop(
              Optional.empty(),
              Optional.of(expressions.number(loop.condition())),
              Optional.empty(),
              body(loop.body()),
              place);
      case Statement.For loop ->
          new StatementCode.Loop(
              loop.initialization().map(expressions::code),
              loop.condition().map(expressions::number),
              loop.step().map(expressions::code),
              body(loop.body()),
              place);
      case Statement.Foreach loop -> foreach(loop, place);
      case Statement.Try attempt ->
          new StatementCode.Try(
              statement(attempt.body()),
              attempt.message().map(this::target),
              statement(attempt.handler()),
              place);
      case Statement.Return result ->
          new StatementCode.Return(result.value().map(expressions::code), place);
      case Statement.Delete deletion -> delete(deletion, place);
      case Statement.Next _ -> new Leave(Leave.Way.NEXT, place);
      case Statement.Break _ -> leaveLoop(statement, Leave.Way.BREAK, place);
      case Statement.Continue _ -> leaveLoop(statement, Leave.Way.CONTINUE, place);
    };
  }

  private static boolean isLoop(Statement statement) {
    return switch (statement) {
      case Statement.While _, Statement.For _, Statement.Foreach _ -> true;
      default -> false;
    };
  }

  private StatementCode leaveLoop(Statement statement, Leave.Way way, int place) {
    if (loops == 0) {
      String word = way == Leave.Way.BREAK ? "break" : "continue";
      throw UserCompiler.fault(
          AnalysisCodes.OUTSIDE_LOOP, statement.span(), "cannot '" + word + "' outside loop");
    }
    return new Leave(way, place);
  }

  private StatementCode body(Statement body) {
    loops++;
    try {
      return statement(body);
    } finally {
      loops--;
    }
  }

  private Target target(Node name) {
    return expressions.target(name);
  }

  private StatementCode foreach(Statement.Foreach loop, int place) {
    if (loop.array() instanceof Expression.Histogram histogram) {
      return foreachBucket(loop, histogram, place);
    }
    Variable.Global array = expressions.global(loop.array());
    List<Code> slice = new ArrayList<>();
    for (IndexElement element : loop.slice()) {
      slice.add(expressions.keyPart(element));
    }
    return new Foreach(
        array.index(),
        loop.value().map(variable -> target(variable.name())),
        loop.keys().stream().map(variable -> target(variable.name())).toList(),
        slice,
        order(loop),
        loop.limit().map(expressions::number),
        body(loop.body()),
        place);
  }

  private static Optional<Foreach.Order> order(Statement.Foreach loop) {
    // A statistic that is sorted without saying by what is sorted by its count.
    StatisticOperator figure = loop.aggregate().orElse(StatisticOperator.COUNT);
    for (int i = 0; i < loop.keys().size(); i++) {
      LoopVariable key = loop.keys().get(i);
      if (key.sort() != SortDirection.NONE) {
        return Optional.of(new Foreach.Order(i, figure, key.sort() == SortDirection.DESCENDING));
      }
    }
    SortDirection byValue =
        loop.sort() == SortDirection.NONE
            ? loop.value().map(LoopVariable::sort).orElse(SortDirection.NONE)
            : loop.sort();
    return byValue == SortDirection.NONE
        ? Optional.empty()
        : Optional.of(new Foreach.Order(-1, figure, byValue == SortDirection.DESCENDING));
  }

  private StatementCode foreachBucket(
      Statement.Foreach loop, Expression.Histogram histogram, int place) {
    if (loop.keys().size() != 1 || !loop.slice().isEmpty()) {
      throw Unsupported.yet(loop.span(), "a sliced loop over a histogram is");
    }
    ExpressionCompiler.StatisticReference statistic = expressions.statistic(histogram.operand());
    return new ForeachBucket(
        statistic.global(),
        statistic.key(),
        expressions.shape(statistic, histogram),
        target(loop.keys().getFirst().name()),
        loop.value().map(variable -> target(variable.name())),
        order(loop),
        loop.limit().map(expressions::number),
        body(loop.body()),
        place);
  }

  private StatementCode delete(Statement.Delete deletion, int place) {
    return switch (deletion.target()) {
      case Expression.ArrayElement element
          when !(element.array() instanceof Expression.Histogram) ->
          new StatementCode.Delete(
              expressions.global(element.array()).index(),
              expressions.pattern(element.indexes()),
              place);
      case Expression.Symbol symbol ->
          switch (expressions.variable(symbol)) {
            case Variable.Global global ->
                new StatementCode.Delete(global.index(), List.of(), place);
            case Variable.Local local ->
                new StatementCode.Evaluate(
                    local.type() == Type.STRING
                        ? new TextCode.Assign(
                            expressions.target(symbol), false, new TextCode.Constant(""))
                        : new NumberCode.Assign(
                            expressions.target(symbol),
                            Optional.empty(),
                            new NumberCode.Constant(0),
                            false,
                            place),
                    place);
          };
      default -> throw Unsupported.yet(deletion.target().span(), "delete of this is");
    };
  }
}
