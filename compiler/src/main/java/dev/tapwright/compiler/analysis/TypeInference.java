package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TypeCell.Source;
import dev.tapwright.compiler.analysis.TypeKnowledge.Phase;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Statement;
import java.util.Optional;

/**
 * Infers the types of one handler or function, in one pass over it.
 *
 * <p>Passes are repeated over all units until none learns anything; then one says what disagrees,
 * and one what is without a type.
 */
final class TypeInference {
  private final Unit unit;
  private final Optional<FunctionUnit> function;
  private final TypeKnowledge knowledge;
  private final ExpressionTypes expressions;

  private TypeInference(Unit unit, Optional<FunctionUnit> function, Phase phase, Reports reports) {
    this.unit = unit;
    this.function = function;
    this.knowledge = new TypeKnowledge(unit, phase, reports);
    this.expressions = new ExpressionTypes(unit, knowledge);
  }

  /**
   * Passes over a unit.
   *
   * @param reports where to report, unless types are still learnt
   * @return what it learnt
   */
  static TypeKnowledge pass(
      Unit unit, Optional<FunctionUnit> function, Phase phase, Reports reports) {
    TypeInference inference = new TypeInference(unit, function, phase, reports);
    function.ifPresent(inference::overload);
    unit.condition().ifPresent(condition -> inference.expressions.value(condition, Type.LONG));
    unit.bodies().forEach(inference::statement);
    return inference.knowledge;
  }

  /** A function and the one that its {@code next} goes on to take and give the same types. */
  private void overload(FunctionUnit function) {
    if (function.nextOverload().isEmpty()) {
      return;
    }
    FunctionUnit next = function.nextOverload().get();
    for (int i = 0; i < function.arity(); i++) {
      VariableCell parameter = next.parameters().get(i);
      Identifier name = next.declaration().parameters().get(i).name();
      agree(name, function.parameters().get(i).type(), parameter.type());
    }
    agree(next.declaration().name(), function.result(), next.result());
  }

  private void agree(Identifier place, TypeCell one, TypeCell other) {
    if (one.isSilent() || other.isSilent()) {
      return;
    }
    if (one.isKnown() && other.isKnown()) {
      if (one.type() != other.type()) {
        knowledge.mismatch(place, place.span(), other, one.type());
      }
    } else if (one.isKnown()) {
      knowledge.resolve(other, one.type(), place.span(), Source.USE, 0);
    } else if (other.isKnown()) {
      knowledge.resolve(one, other.type(), place.span(), Source.USE, 0);
    }
  }

  // ---- statements

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Block block -> block.statements().forEach(this::statement);
      case Statement.Evaluation evaluation ->
          expressions.infer(evaluation.expression(), Type.UNKNOWN);
      case Statement.If branch -> {
        expressions.value(branch.condition(), Type.LONG);
        statement(branch.then());
        branch.otherwise().ifPresent(this::statement);
      }
      case Statement.While loop -> {
        expressions.value(loop.condition(), Type.LONG);
        statement(loop.body());
      }
      case Statement.For loop -> {
        loop.initialization().ifPresent(expression -> expressions.infer(expression, Type.UNKNOWN));
        loop.condition().ifPresent(expression -> expressions.value(expression, Type.LONG));
        loop.step().ifPresent(expression -> expressions.infer(expression, Type.UNKNOWN));
        statement(loop.body());
      }
      case Statement.Foreach loop -> foreach(loop);
      case Statement.Try attempt -> {
        statement(attempt.body());
        attempt
            .message()
            .ifPresent(
                message -> identifier(message, TypeCell.declared(Type.STRING, message.span())));
        statement(attempt.handler());
      }
      case Statement.Return result -> result.value().ifPresent(this::result);
      case Statement.Delete delete -> {
        if (delete.target() instanceof Expression.ArrayElement element
            && element.array() instanceof Expression.Symbol symbol) {
          expressions.array(symbol);
          expressions.element(symbol, element.indexes());
        } else if (delete.target() instanceof Expression.Symbol symbol) {
          expressions.array(symbol);
        }
      }
      case Statement.Empty empty -> {}
      case Statement.Next next -> {}
      case Statement.Break jump -> {}
      case Statement.Continue jump -> {}
    }
  }

  private void result(Expression value) {
    if (function.isEmpty()) {
      expressions.infer(value, Type.UNKNOWN);
      return;
    }
    TypeCell result = function.get().result();
    int before = knowledge.complaints();
    Type type = expressions.value(value, result.type());
    knowledge.pointsTo(result, value);
    if (knowledge.complaints() > before) {
      knowledge.silence(result);
    } else if (type == Type.UNKNOWN && knowledge.isErroneous(value)) {
      result.silence();
    } else if (type != Type.UNKNOWN && !result.isKnown()) {
      knowledge.resolve(result, type, Places.of(value), Source.USE, 0);
    } else if (type != Type.UNKNOWN && type != result.type()) {
      knowledge.mismatch(value, Places.of(value), result, type);
    }
  }

  private void foreach(Statement.Foreach loop) {
    if (loop.array() instanceof Expression.Symbol symbol && !knowledge.isErroneous(symbol)) {
      unit.variable(symbol).ifPresent(array -> foreachArray(loop, symbol, array));
    } else if (loop.array() instanceof Expression.Histogram histogram) {
      expressions.value(histogram.operand(), Type.STATISTICS);
      loop.keys().forEach(key -> identifier(key.name(), TypeCell.declared(Type.LONG, key.span())));
      loop.value()
          .ifPresent(value -> identifier(value.name(), TypeCell.declared(Type.LONG, value.span())));
    } else {
      // What is walked has been complained of: nothing can be said of the variables that walk.
      loop.keys().forEach(key -> knowledge.silence(key.name()));
      loop.value().ifPresent(value -> knowledge.silence(value.name()));
    }
    loop.limit().ifPresent(limit -> expressions.value(limit, Type.LONG));
    statement(loop.body());
  }

  private void foreachArray(Statement.Foreach loop, Expression.Symbol symbol, VariableCell array) {
    for (int i = 0; i < loop.keys().size() && i < array.indexes().size(); i++) {
      identifier(loop.keys().get(i).name(), array.indexes().get(i));
    }
    for (int i = 0; i < loop.slice().size() && i < array.indexes().size(); i++) {
      expressions.index(loop.slice().get(i), array.indexes().get(i), i);
    }
    expressions.array(symbol);
    loop.value().ifPresent(value -> foreachValue(value.name(), array));
    if (loop.aggregate().isPresent()
        && array.type().isKnown()
        && array.type().type() != Type.STATISTICS) {
      knowledge.error(
          symbol, AnalysisCodes.INVALID_TYPE, "invalid type " + array.type().type().spelling());
    }
  }

  private void foreachValue(Identifier value, VariableCell array) {
    if (array.type().type() == Type.STATISTICS) {
      knowledge.report(AnalysisCodes.INVALID_TYPE, value, value.span(), "invalid type stats");
      knowledge.silence(value);
    } else {
      // As SystemTap has it: the array's values tell the type of what walks them, not it theirs.
      identifier(value, array.type(), false);
    }
  }

  /** A name that is given a value, and the type of that, whichever is known first. */
  private void identifier(Identifier identifier, TypeCell other) {
    identifier(identifier, other, true);
  }

  private void identifier(Identifier identifier, TypeCell other, boolean tellsOther) {
    VariableCell cell = unit.variables().get(identifier);
    if (cell == null
        || cell.type().isSilent()
        || other.isSilent()
        || knowledge.isErroneous(identifier)) {
      // What one of them would have told the other is lost.
      knowledge.silence(identifier);
      return;
    }
    Type type = knowledge.variable(identifier, identifier.span(), cell, other.type());
    knowledge.pointsTo(cell.type(), other.pointee());
    if (tellsOther && type != Type.UNKNOWN && !other.isKnown()) {
      knowledge.resolve(other, type, identifier.span(), Source.INDEX, 0);
    }
    knowledge.unresolved(identifier, identifier.span(), cell.type());
  }
}
