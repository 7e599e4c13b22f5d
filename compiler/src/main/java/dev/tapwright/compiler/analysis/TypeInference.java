package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TypeCell.Source;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Infers the types of one handler or function, in one pass over it.
 *
 * <p>Passes are repeated over all units until none learns anything; only the last one reports. A
 * use of a variable fixes its type for good, so later uses that disagree are the ones reported.
 */
final class TypeInference {
  private final Unit unit;
  private final Optional<FunctionUnit> function;
  private final Optional<Reports> reports;
  private boolean hasLearnt;

  private TypeInference(Unit unit, Optional<FunctionUnit> function, Optional<Reports> reports) {
    this.unit = unit;
    this.function = function;
    this.reports = reports;
  }

  /**
   * Passes over a unit.
   *
   * @param reports where to report; empty while types may still be learnt
   * @return whether it learnt a type
   */
  static boolean pass(Unit unit, Optional<FunctionUnit> function, Optional<Reports> reports) {
    TypeInference inference = new TypeInference(unit, function, reports);
    function.ifPresent(inference::overload);
    unit.condition().ifPresent(condition -> inference.value(condition, Type.LONG));
    unit.bodies().forEach(inference::statement);
    return inference.hasLearnt;
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
        mismatch(place, place.span(), other, one.type());
      }
    } else if (one.isKnown()) {
      resolve(other, one.type(), place.span(), Source.USE);
    } else if (other.isKnown()) {
      resolve(one, other.type(), place.span(), Source.USE);
    }
  }

  // ---- statements

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Block block -> block.statements().forEach(this::statement);
      case Statement.Evaluation evaluation -> infer(evaluation.expression(), Type.UNKNOWN);
      case Statement.If branch -> {
        value(branch.condition(), Type.LONG);
        statement(branch.then());
        branch.otherwise().ifPresent(this::statement);
      }
      case Statement.While loop -> {
        value(loop.condition(), Type.LONG);
        statement(loop.body());
      }
      case Statement.For loop -> {
        loop.initialization().ifPresent(expression -> infer(expression, Type.UNKNOWN));
        loop.condition().ifPresent(expression -> value(expression, Type.LONG));
        loop.step().ifPresent(expression -> infer(expression, Type.UNKNOWN));
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
          element(symbol, element.indexes());
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
      infer(value, Type.UNKNOWN);
      return;
    }
    TypeCell result = function.get().result();
    if (result.source() == Source.DECLARED) {
      value(value, result.type());
      return;
    }
    Type type = infer(value, Type.UNKNOWN);
    if (type == Type.UNKNOWN) {
      value(value, result.type());
    } else if (!result.isKnown()) {
      resolve(result, type, SymbolResolver.placeOf(value), Source.USE);
    } else if (type != result.type()) {
      mismatch(value, SymbolResolver.placeOf(value), result, type);
    }
  }

  private void foreach(Statement.Foreach loop) {
    if (loop.array() instanceof Expression.Symbol symbol && !isErroneous(symbol)) {
      unit.variable(symbol).ifPresent(array -> foreachArray(loop, symbol, array));
    } else if (loop.array() instanceof Expression.Histogram histogram) {
      value(histogram.operand(), Type.STATISTICS);
      loop.keys().forEach(key -> identifier(key.name(), TypeCell.declared(Type.LONG, key.span())));
      loop.value()
          .ifPresent(value -> identifier(value.name(), TypeCell.declared(Type.LONG, value.span())));
    } else {
      // What is walked has been complained of: nothing can be said of the variables that walk.
      loop.keys().forEach(key -> silence(key.name()));
      loop.value().ifPresent(value -> silence(value.name()));
    }
    loop.limit().ifPresent(limit -> value(limit, Type.LONG));
    statement(loop.body());
  }

  private void foreachArray(Statement.Foreach loop, Expression.Symbol symbol, VariableCell array) {
    for (int i = 0; i < loop.keys().size() && i < array.indexes().size(); i++) {
      identifier(loop.keys().get(i).name(), array.indexes().get(i));
    }
    for (int i = 0; i < loop.slice().size() && i < array.indexes().size(); i++) {
      index(loop.slice().get(i), array.indexes().get(i), i);
    }
    loop.value().ifPresent(value -> foreachValue(value.name(), array));
    if (loop.aggregate().isPresent()
        && array.type().isKnown()
        && array.type().type() != Type.STATISTICS) {
      error(symbol, AnalysisCodes.INVALID_TYPE, "invalid type " + array.type().type().spelling());
    }
  }

  private void silence(Identifier identifier) {
    if (reports.isPresent()) {
      unit.variable(identifier)
          .map(VariableCell::type)
          .filter(cell -> !cell.isKnown())
          .ifPresent(TypeCell::silence);
    }
  }

  private void foreachValue(Identifier value, VariableCell array) {
    if (array.type().type() == Type.STATISTICS) {
      report(AnalysisCodes.INVALID_TYPE, value, value.span(), "invalid type stats");
      silence(value);
    } else {
      identifier(value, array.type());
    }
  }

  /** A variable and a type that must agree, whichever is known first. */
  private void identifier(Identifier identifier, TypeCell other) {
    VariableCell cell = unit.variables().get(identifier);
    if (cell == null || cell.type().isSilent() || other.isSilent() || isErroneous(identifier)) {
      // What one of them would have told the other is lost.
      silence(identifier);
      return;
    }
    TypeCell type = cell.type();
    if (type.isKnown() && other.isKnown()) {
      if (type.type() != other.type()) {
        mismatch(identifier, identifier.span(), type, other.type());
      }
    } else if (type.isKnown()) {
      resolve(other, type.type(), identifier.span(), Source.USE);
    } else if (other.isKnown()) {
      resolve(type, other.type(), identifier.span(), Source.USE);
    } else {
      unresolved(identifier, identifier.span(), type);
    }
  }

  // ---- expressions

  /** Infers an expression whose value is needed: in the end its type must be known. */
  private Type value(Expression expression, Type expected) {
    Type type = infer(expression, expected);
    if (type == Type.UNKNOWN && !isSilent(expression)) {
      Optional<TypeCell> cell = cellOf(expression);
      if (cell.isPresent()) {
        unresolved(expression, SymbolResolver.placeOf(expression), cell.get());
      } else {
        error(expression, AnalysisCodes.UNRESOLVED_TYPE, "unresolved type ");
      }
    }
    return type;
  }

  /**
   * Infers an expression.
   *
   * @param expected the type that its place needs; unknown when any will do
   * @return its type; unknown when that is not known yet, or an error of it has been reported
   */
  private Type infer(Expression expression, Type expected) {
    if (isErroneous(expression)) {
      return Type.UNKNOWN;
    }
    Type type =
        switch (expression) {
          case Expression.NumberLiteral number -> fixed(number, Type.LONG, expected);
          case Expression.StringLiteral string -> fixed(string, Type.STRING, expected);
          case Expression.Symbol symbol -> symbol(symbol, expected);
          case Expression.ArrayElement element -> arrayElement(element, expected);
          case Expression.FunctionCall call -> call(call, expected);
          case Expression.Unary unary -> {
            value(unary.operand(), Type.LONG);
            yield fixed(unary, Type.LONG, expected);
          }
          case Expression.Binary binary -> binary(binary, expected);
          case Expression.Assignment assignment -> assignment(assignment, expected);
          case Expression.Step step -> {
            value(step.operand(), Type.LONG);
            yield fixed(step, Type.LONG, expected);
          }
          case Expression.Conditional choice -> conditional(choice, expected);
          case Expression.Membership membership -> {
            if (membership.array() instanceof Expression.Symbol symbol) {
              element(symbol, membership.indexes());
            } else {
              histogram(membership.array(), membership.indexes());
            }
            yield fixed(membership, Type.LONG, expected);
          }
          case Expression.RegexMatch match -> {
            value(match.subject(), Type.STRING);
            yield fixed(match, Type.LONG, expected);
          }
          case Expression.Statistic statistic -> {
            value(statistic.operand(), Type.STATISTICS);
            yield fixed(statistic, Type.LONG, expected);
          }
          case Expression.Print print -> print(print, expected);
          case Expression.Defined defined -> fixed(defined, Type.LONG, expected);
          // The resolver has reported the others.
          default -> Type.UNKNOWN;
        };
    if (isErroneous(expression)) {
      return Type.UNKNOWN;
    }
    unit.types().put(expression, type);
    return type;
  }

  private Type symbol(Expression.Symbol symbol, Type expected) {
    VariableCell cell = unit.variables().get(symbol);
    return cell == null ? Type.UNKNOWN : variable(symbol, symbol.span(), cell, expected);
  }

  private Type arrayElement(Expression.ArrayElement element, Type expected) {
    if (!(element.array() instanceof Expression.Symbol symbol)) {
      histogram(element.array(), element.indexes());
      return fixed(element, Type.LONG, expected);
    }
    return element(symbol, element.indexes())
        .map(cell -> variable(element, symbol.span(), cell, expected))
        .orElse(Type.UNKNOWN);
  }

  private void histogram(Expression array, List<IndexElement> indexes) {
    if (array instanceof Expression.Histogram histogram) {
      value(histogram.operand(), Type.STATISTICS);
    }
    for (IndexElement index : indexes) {
      if (index instanceof Expression expression) {
        value(expression, Type.LONG);
      }
    }
  }

  /** Infers the indexes of an array; gives the array unless it is faulty. */
  private Optional<VariableCell> element(Expression.Symbol symbol, List<IndexElement> indexes) {
    VariableCell array = isErroneous(symbol) ? null : unit.variables().get(symbol);
    for (int i = 0; i < indexes.size(); i++) {
      if (array != null && i < array.indexes().size()) {
        index(indexes.get(i), array.indexes().get(i), i);
      } else if (indexes.get(i) instanceof Expression expression) {
        infer(expression, Type.UNKNOWN);
      }
    }
    return Optional.ofNullable(array);
  }

  private void index(IndexElement element, TypeCell cell, int place) {
    if (!(element instanceof Expression expression)) {
      return;
    }
    Type type = value(expression, Type.UNKNOWN);
    if (type == Type.UNKNOWN && cell.isKnown()) {
      value(expression, cell.type());
    } else if (type != Type.UNKNOWN) {
      agree(expression, type, cell, place);
    }
  }

  /** An argument or index whose type is known, and the cell of its parameter or array. */
  private void agree(Expression expression, Type type, TypeCell cell, int place) {
    if (type == Type.STATISTICS) {
      error(expression, AnalysisCodes.INVALID_TYPE, "invalid type stats");
    } else if (!cell.isKnown()) {
      if (!cell.isSilent()) {
        resolve(cell, type, SymbolResolver.placeOf(expression), Source.INDEX);
      }
    } else if (cell.type() != type) {
      if (cell.source() == Source.INDEX && cell.origin().isPresent()) {
        report(
            expression,
            Diagnostic.error(
                    AnalysisCodes.TYPE_MISMATCH,
                    SymbolResolver.placeOf(expression),
                    "index %d type mismatch (%s)".formatted(place, type.spelling()))
                .withNote(
                    new Note(
                        cell.origin(),
                        "type of index %d was first inferred here (%s)"
                            .formatted(place, cell.type().spelling()))));
      } else {
        expectedButFound(expression, SymbolResolver.placeOf(expression), cell.type(), type);
      }
    }
  }

  private Type variable(Expression use, Span place, VariableCell cell, Type expected) {
    TypeCell type = cell.type();
    if (type.isSilent()) {
      return Type.UNKNOWN;
    }
    if (expected == Type.STATISTICS && !cell.isGlobal()) {
      error(
          use,
          place,
          AnalysisCodes.LOCAL_STATISTIC,
          "stat locals not supported, missing global declaration? ");
      if (reports.isPresent()) {
        type.silence();
      }
      return Type.UNKNOWN;
    }
    if (!type.isKnown()) {
      if (expected != Type.UNKNOWN) {
        resolve(type, expected, place, Source.USE);
      }
      return expected;
    }
    if (expected != Type.UNKNOWN && expected != type.type()) {
      mismatch(use, place, type, expected);
      return Type.UNKNOWN;
    }
    return type.type();
  }

  private Type call(Expression.FunctionCall call, Type expected) {
    return switch (unit.calls().get(call)) {
      case CallTarget.Script(FunctionUnit callee) -> {
        for (int i = 0; i < call.arguments().size(); i++) {
          index(call.arguments().get(i), callee.parameters().get(i).type(), i);
        }
        TypeCell result = callee.result();
        if (!result.isKnown() || expected == Type.UNKNOWN || expected == result.type()) {
          yield result.type();
        }
        mismatch(call, call.function().span(), result, expected);
        yield Type.UNKNOWN;
      }
      case CallTarget.Provided provided -> {
        Signature signature = provided.intrinsic().signature();
        for (int i = 0; i < call.arguments().size(); i++) {
          value(
              call.arguments().get(i),
              switch (signature.parameters().get(i).type()) {
                case LONG -> Type.LONG;
                case STRING -> Type.STRING;
              });
        }
        yield switch (signature.result()) {
          case NONE -> Type.UNKNOWN;
          case LONG -> fixed(call, Type.LONG, expected);
          case STRING -> fixed(call, Type.STRING, expected);
        };
      }
      case null -> {
        call.arguments().forEach(argument -> infer(argument, Type.UNKNOWN));
        yield Type.UNKNOWN;
      }
    };
  }

  private Type binary(Expression.Binary binary, Type expected) {
    if (binary.operator() == BinaryOperator.CONCATENATE) {
      value(binary.left(), Type.STRING);
      value(binary.right(), Type.STRING);
      return fixed(binary, Type.STRING, expected);
    }
    if (!binary.operator().isComparison()) {
      value(binary.left(), Type.LONG);
      value(binary.right(), Type.LONG);
      return fixed(binary, Type.LONG, expected);
    }
    Type right = infer(binary.right(), Type.UNKNOWN);
    Type left = value(binary.left(), right);
    if (right == Type.UNKNOWN) {
      value(binary.right(), left);
    }
    if (left == Type.STATISTICS) {
      error(binary, AnalysisCodes.INVALID_TYPE, "invalid type stats");
    }
    return fixed(binary, Type.LONG, expected);
  }

  private Type assignment(Expression.Assignment assignment, Type expected) {
    Expression target = assignment.target();
    Expression value = assignment.value();
    if (assignment.operator() == AssignmentOperator.AGGREGATE) {
      value(value, Type.LONG);
      infer(target, Type.STATISTICS);
      return fixed(assignment, Type.LONG, expected);
    }
    Optional<BinaryOperator> operation = assignment.operator().operation();
    if (operation.isPresent()) {
      Type type = operation.get() == BinaryOperator.CONCATENATE ? Type.STRING : Type.LONG;
      value(value, type);
      value(target, type);
      return fixed(assignment, type, expected);
    }
    Type type = infer(value, expected);
    if (type == Type.STATISTICS) {
      error(value, AnalysisCodes.INVALID_TYPE, "invalid type stats");
      return Type.UNKNOWN;
    }
    Type targetType = infer(target, type == Type.UNKNOWN ? expected : type);
    if (type == Type.UNKNOWN) {
      type = value(value, targetType == Type.STATISTICS ? Type.UNKNOWN : targetType);
    }
    if (type == Type.UNKNOWN && reports.isPresent()) {
      // What the target would have been is lost with the value: say nothing of its other uses.
      cellOf(target).filter(cell -> !cell.isKnown()).ifPresent(TypeCell::silence);
    }
    return type;
  }

  private Type conditional(Expression.Conditional choice, Type expected) {
    value(choice.condition(), Type.LONG);
    Type then = infer(choice.then(), expected);
    Type otherwise = infer(choice.otherwise(), then == Type.UNKNOWN ? expected : then);
    if (then == Type.UNKNOWN) {
      then = value(choice.then(), otherwise);
    }
    if (otherwise == Type.UNKNOWN) {
      otherwise = value(choice.otherwise(), then);
    }
    return then == Type.UNKNOWN ? otherwise : then;
  }

  private Type print(Expression.Print print, Type expected) {
    List<Expression> arguments = print.arguments();
    if (print.form() == Expression.PrintForm.FORMATTED && print.format().isPresent()) {
      List<Type> types = formatTypes(print.format().get());
      if (types.size() != arguments.size()) {
        error(
            print,
            AnalysisCodes.FORMAT_ARGUMENTS,
            "Wrong number of args to formatted print operator");
        arguments.forEach(argument -> infer(argument, Type.UNKNOWN));
        return Type.UNKNOWN;
      }
      for (int i = 0; i < arguments.size(); i++) {
        value(arguments.get(i), types.get(i));
      }
    } else {
      Type needed = print.form() == Expression.PrintForm.CHARACTER ? Type.LONG : Type.UNKNOWN;
      for (Expression argument : arguments) {
        if (argument instanceof Expression.Histogram histogram) {
          value(histogram.operand(), Type.STATISTICS);
        } else if (value(argument, needed) == Type.STATISTICS) {
          error(argument, AnalysisCodes.INVALID_TYPE, "invalid type stats");
        }
      }
    }
    return fixed(print, print.asString() ? Type.STRING : Type.LONG, expected);
  }

  private static List<Type> formatTypes(PrintFormat format) {
    List<Type> types = new ArrayList<>();
    for (FormatPart part : format.parts()) {
      if (part instanceof FormatPart.Directive directive) {
        if (directive.width() instanceof FormatPart.Size.FromArgument) {
          types.add(Type.LONG);
        }
        if (directive.precision() instanceof FormatPart.Size.FromArgument) {
          types.add(Type.LONG);
        }
        types.add(directive.conversion() == FormatPart.Conversion.STRING ? Type.STRING : Type.LONG);
      }
    }
    return types;
  }

  // ---- what is known, and what disagrees

  /** The type of an expression that can have no other. */
  private Type fixed(Expression expression, Type type, Type expected) {
    if (expected != Type.UNKNOWN && expected != type) {
      expectedButFound(expression, SymbolResolver.placeOf(expression), expected, type);
      return Type.UNKNOWN;
    }
    return type;
  }

  private void resolve(TypeCell cell, Type type, Span place, Source source) {
    if (!cell.isSilent()) {
      cell.resolve(type, place, source);
      hasLearnt = true;
    }
  }

  private Optional<TypeCell> cellOf(Expression expression) {
    return switch (expression) {
      case Expression.Symbol symbol ->
          Optional.ofNullable(unit.variables().get(symbol)).map(VariableCell::type);
      case Expression.ArrayElement element
          when element.array() instanceof Expression.Symbol symbol ->
          Optional.ofNullable(unit.variables().get(symbol)).map(VariableCell::type);
      default -> Optional.empty();
    };
  }

  private boolean isErroneous(Node node) {
    return node instanceof Expression.Erroneous || unit.erroneous().contains(node);
  }

  /**
   * Whether nothing is to be said about an expression, because something in it has been complained
   * of.
   */
  private boolean isSilent(Expression expression) {
    if (isErroneous(expression)) {
      return true;
    }
    return switch (expression) {
      case Expression.Symbol symbol -> cellOf(symbol).map(TypeCell::isSilent).orElse(true);
      case Expression.ArrayElement element ->
          isErroneous(element.array()) || cellOf(element).map(TypeCell::isSilent).orElse(true);
      case Expression.FunctionCall call ->
          unit.calls().get(call) instanceof CallTarget.Script script
              && script.function().result().isSilent();
      case Expression.Assignment assignment ->
          isSilent(assignment.value()) || isSilent(assignment.target());
      case Expression.Conditional choice -> isSilent(choice.then()) || isSilent(choice.otherwise());
      default -> false;
    };
  }

  private void unresolved(Node node, Span place, TypeCell cell) {
    if (reports.isPresent() && !cell.isSilent()) {
      report(AnalysisCodes.UNRESOLVED_TYPE, node, place, "unresolved type ");
      cell.silence();
    }
  }

  private void mismatch(Node node, Span place, TypeCell cell, Type needed) {
    if (cell.source() == Source.DECLARED || cell.origin().isEmpty()) {
      expectedButFound(node, place, needed, cell.type());
      return;
    }
    report(
        node,
        Diagnostic.error(
                AnalysisCodes.TYPE_MISMATCH,
                place,
                "type mismatch (%s)".formatted(needed.spelling()))
            .withNote(
                new Note(
                    cell.origin(),
                    "type was first inferred here (%s)".formatted(cell.type().spelling()))));
  }

  private void expectedButFound(Node node, Span place, Type expected, Type found) {
    report(
        AnalysisCodes.TYPE_MISMATCH,
        node,
        place,
        "type mismatch: expected %s but found %s".formatted(expected.spelling(), found.spelling()));
  }

  private void error(Expression expression, DiagnosticCode code, String message) {
    report(code, expression, SymbolResolver.placeOf(expression), message);
  }

  private void error(Expression expression, Span place, DiagnosticCode code, String message) {
    report(code, expression, place, message);
  }

  private void report(DiagnosticCode code, Node node, Span place, String message) {
    report(node, Diagnostic.error(code, place, message));
  }

  private void report(Node node, Diagnostic diagnostic) {
    if (reports.isPresent()) {
      unit.erroneous().add(node);
      reports.get().add(diagnostic);
    }
  }
}
