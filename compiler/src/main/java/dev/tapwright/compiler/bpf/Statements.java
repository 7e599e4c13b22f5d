package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import java.util.Optional;

/** Statements. */
final class Statements {
  private final HandlerLowering handler;
  private final CodeBuilder code;

  Statements(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Lowers one. What it puts on the stack is gone after it. */
  void statement(Statement statement) {
    Memory.Mark mark = handler.memory.mark();
    handler.memory.at(statement.span());
    handler.nested(statement.span(), () -> lower(statement));
    handler.memory.release(mark);
  }

  private void lower(Statement statement) {
    switch (statement) {
      case Statement.Block block -> handler.lengths.block(block);
      case Statement.Empty _ -> {}
      case Statement.Evaluation(var _, Expression expression) -> handler.effect(expression);
      case Statement.If branch -> branch(branch);
      case Statement.While loop -> handler.loops.repeat(loop);
      case Statement.For loop -> handler.loops.repeat(loop);
      case Statement.Foreach loop -> handler.arrayLoops.repeat(loop);
      case Statement.Try attempt -> attempt(attempt);
      case Statement.Return(var span, Optional<Expression> value) -> leave(span, value);
      case Statement.Delete(var span, Expression target) -> delete(span, target);
      case Statement.Next(var span) -> {
        code.at(span);
        code.jump(handler.scope().next());
      }
      case Statement.Break(var span) -> handler.loops.leave(span);
      case Statement.Continue(var span) -> handler.loops.goOn(span);
    }
  }

  /** The span of the keyword that a statement begins with. */
  static Span keyword(Span span, String keyword) {
    return new Span(
        span.source(),
        span.start(),
        Math.min(span.end(), span.start() + keyword.length()),
        span.expansions());
  }

  private void branch(Statement.If branch) {
    int holds = code.newBlock();
    int fails = code.newBlock();
    int join = code.newBlock();
    handler.conditions.branch(branch.condition(), holds, fails);
    code.start(holds);
    handler.ending.behind(branch);
    statement(branch.then());
    code.jump(join);
    code.start(fails);
    branch.otherwise().ifPresent(this::statement);
    code.jump(join);
    code.start(join);
  }

  private void attempt(Statement.Try attempt) {
    int caught = code.newRareBlock();
    int join = code.newBlock();
    Optional<MemoryText> message =
        attempt
            .message()
            .flatMap(handler.bindings()::variableOf)
            .flatMap(
                variable ->
                    variable instanceof Variable.Local local
                            && handler.scope().place(local)
                                instanceof Place.OnStack(MemoryText text)
                        ? Optional.of(text)
                        : Optional.empty());
    handler.faults.catching(new Faults.Catch(caught, message), () -> statement(attempt.body()));
    code.jump(join);
    code.start(caught);
    statement(attempt.handler());
    code.jump(join);
    code.start(join);
  }

  private void leave(Span span, Optional<Expression> value) {
    value.ifPresent(
        expression -> {
          switch (handler.scope().result().orElse(null)) {
            case Place.InRegister(Virtual register) -> {
              Operand number = handler.numbers.number(expression);
              code.at(span);
              code.copy(register, number);
            }
            case Place.OnStack(MemoryText place) ->
                handler.texts.copy(handler.texts.text(expression, Optional.of(place)), place);
            case null -> handler.effect(expression);
          }
        });
    code.at(span);
    code.jump(handler.scope().end());
  }

  private void delete(Span span, Expression target) {
    switch (target) {
      case Expression.ArrayElement element -> handler.arrays.delete(element);
      case Expression.Symbol symbol -> {
        code.at(span);
        switch (handler.bindings().variableOf(symbol).orElse(null)) {
          case Variable.Local local -> clear(handler.scope().place(local));
          case Variable.Global global when global.type() == Type.STATISTICS && !global.isArray() ->
              handler.arrays.deleteStatistic(symbol);
          case Variable.Global global when global.isArray() -> clear(global, span);
          case Variable.Global global when global.type() == Type.STRING ->
              handler.texts.copy(
                  HandlerLowering.emptyText(),
                  new MemoryText(
                      handler.data.scalar(global), handler.tables.capacities().ofValue(global)));
          case Variable.Global global ->
              code.store(Size.DOUBLE, handler.data.scalar(global), new Constant(0));
          case null -> {}
        }
      }
      default -> handler.numbers.unsupported(target);
    }
  }

  private void clear(Variable.Global array, Span span) {
    if (Restriction.WHOLE_ARRAY_DELETE.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.WHOLE_ARRAY_DELETE, span);
    } else {
      handler.arrays.clear(array);
    }
  }

  private void clear(Place place) {
    switch (place) {
      case Place.InRegister(Virtual register) -> code.copy(register, new Constant(0));
      case Place.OnStack(MemoryText text) -> handler.texts.copy(HandlerLowering.emptyText(), text);
    }
  }
}
