package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TypeCell.Source;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.compiler.probe.ProbeContext;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Infers the types of the expressions of one handler or function. */
final class ExpressionTypes {
  private final Unit unit;
  private final TypeKnowledge knowledge;

  ExpressionTypes(Unit unit, TypeKnowledge knowledge) {
    this.unit = unit;
    this.knowledge = knowledge;
  }

  /** Infers an expression whose value is needed: in the end its type must be known. */
  Type value(Expression expression, Type expected) {
    Type type = infer(expression, expected);
    if (type == Type.UNKNOWN && !knowledge.isSilent(expression)) {
      Optional<TypeCell> cell = knowledge.cellOf(expression);
      if (cell.isPresent()) {
        knowledge.unresolved(expression, Places.of(expression), cell.get());
      } else {
        knowledge.error(expression, AnalysisCodes.UNRESOLVED_TYPE, "unresolved type ");
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
  Type infer(Expression expression, Type expected) {
    if (knowledge.isErroneous(expression)) {
      return Type.UNKNOWN;
    }
    Type type =
        switch (expression) {
          case Expression access when unit.accesses().containsKey(access) ->
              access(access, unit.accesses().get(access), expected);
          case Expression.Member _,
              Expression.TargetElement _,
              Expression.AddressOf _,
              Expression.PrettyPrint _ ->
              autocast(expression, AccessChain.of(expression).orElseThrow(), expected);
          case Expression.NumberLiteral number -> knowledge.fixed(number, Type.LONG, expected);
          case Expression.StringLiteral string -> knowledge.fixed(string, Type.STRING, expected);
          case Expression.Symbol symbol -> symbol(symbol, expected);
          case Expression.ArrayElement element -> arrayElement(element, expected);
          case Expression.FunctionCall call -> call(call, expected);
          case Expression.Unary unary -> {
            value(unary.operand(), Type.LONG);
            yield knowledge.fixed(unary, Type.LONG, expected);
          }
          case Expression.Binary binary -> binary(binary, expected);
          case Expression.Assignment assignment -> assignment(assignment, expected);
          case Expression.Step step -> {
            value(step.operand(), Type.LONG);
            yield knowledge.fixed(step, Type.LONG, expected);
          }
          case Expression.Conditional choice -> conditional(choice, expected);
          case Expression.Membership membership -> {
            if (membership.array() instanceof Expression.Symbol symbol) {
              element(symbol, membership.indexes());
            } else {
              histogram(membership.array(), membership.indexes());
            }
            yield knowledge.fixed(membership, Type.LONG, expected);
          }
          case Expression.RegexMatch match -> {
            value(match.subject(), Type.STRING);
            yield knowledge.fixed(match, Type.LONG, expected);
          }
          case Expression.Statistic statistic -> {
            value(statistic.operand(), Type.STATISTICS);
            yield knowledge.fixed(statistic, Type.LONG, expected);
          }
          case Expression.Print print -> print(print, expected);
          case Expression.Defined defined -> knowledge.fixed(defined, Type.LONG, expected);
          case Expression.Embedded embedded ->
              knowledge.fixed(embedded, EmbeddedMarks.typeOf(embedded.code()), expected);
          case Expression.Constant constant -> knowledge.fixed(constant, Type.LONG, expected);
          // The resolver has reported the others.
          default -> Type.UNKNOWN;
        };
    if (knowledge.isErroneous(expression)) {
      return Type.UNKNOWN;
    }
    // A call whose function gives nothing is looked at again when the function does.
    if (type == Type.UNKNOWN && !(expression instanceof Expression.FunctionCall)) {
      knowledge.leaveOpen();
    }
    unit.types().put(expression, type);
    return type;
  }

  private Type access(Expression expression, ContextAccess access, Type expected) {
    access.operands().forEach(operand -> value(operand, Type.LONG));
    return knowledge.fixed(expression, access.type(), expected);
  }

  /** Access through an address whose C type follows from where the address comes from. */
  private Type autocast(Expression expression, AccessChain chain, Type expected) {
    chain.operands().forEach(operand -> value(operand, Type.LONG));
    OptionalInt pointee = knowledge.pointeeOf(chain.root());
    if (pointee.isEmpty()) {
      if (!knowledge.isSilent(chain.root())) {
        knowledge.error(
            expression,
            AccessResolver.operatorOf(chain),
            AnalysisCodes.CONTEXT_ACCESS,
            "unknown type in dereference");
      }
      return chain.print().isPresent() ? Type.STRING : Type.LONG;
    }
    try {
      AccessResolver resolver =
          new AccessResolver(unit.dataTypes(), ProbeContext.none(), unit.contextFacts());
      ContextAccess access = resolver.autocast(chain, pointee.getAsInt());
      unit.accesses().put(expression, access);
      return knowledge.fixed(expression, access.type(), expected);
    } catch (AccessFault fault) {
      knowledge.report(expression, fault.diagnostic());
      return Type.UNKNOWN;
    }
  }

  private Type symbol(Expression.Symbol symbol, Type expected) {
    VariableCell cell = unit.variables().get(symbol);
    return cell == null ? Type.UNKNOWN : variable(symbol, symbol.span(), cell, expected);
  }

  private Type arrayElement(Expression.ArrayElement element, Type expected) {
    if (!(element.array() instanceof Expression.Symbol symbol)) {
      histogram(element.array(), element.indexes());
      return knowledge.fixed(element, Type.LONG, expected);
    }
    return element(symbol, element.indexes())
        .map(cell -> variable(element, symbol.span(), cell, expected))
        .orElse(Type.UNKNOWN);
  }

  void histogram(Expression array, List<IndexElement> indexes) {
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
  Optional<VariableCell> element(Expression.Symbol symbol, List<IndexElement> indexes) {
    VariableCell array = knowledge.isErroneous(symbol) ? null : unit.variables().get(symbol);
    for (int i = 0; i < indexes.size(); i++) {
      if (array != null && i < array.indexes().size()) {
        index(indexes.get(i), array.indexes().get(i), i);
      } else if (indexes.get(i) instanceof Expression expression) {
        infer(expression, Type.UNKNOWN);
      }
    }
    return Optional.ofNullable(array);
  }

  void index(IndexElement element, TypeCell cell, int place) {
    if (!(element instanceof Expression expression)) {
      return;
    }
    Type type = value(expression, Type.UNKNOWN);
    knowledge.pointsTo(cell, expression);
    if (type == Type.UNKNOWN && cell.isKnown()) {
      value(expression, cell.type());
    } else if (type != Type.UNKNOWN) {
      agree(expression, type, cell, place);
    }
  }

  /** An argument or index whose type is known, and the cell of its parameter or array. */
  private void agree(Expression expression, Type type, TypeCell cell, int place) {
    if (type == Type.STATISTICS) {
      knowledge.error(expression, AnalysisCodes.INVALID_TYPE, "invalid type stats");
    } else if (!cell.isKnown()) {
      if (!cell.isSilent()) {
        knowledge.resolve(cell, type, Places.of(expression), Source.INDEX);
      }
    } else if (cell.type() != type) {
      if (cell.source() == Source.INDEX && cell.origin().isPresent()) {
        knowledge.report(
            expression,
            Diagnostic.error(
                    AnalysisCodes.TYPE_MISMATCH,
                    Places.of(expression),
                    "index %d type mismatch (%s)".formatted(place, type.spelling()))
                .withNote(
                    new Note(
                        cell.origin(),
                        "type of index %d was first inferred here (%s)"
                            .formatted(place, cell.type().spelling()))));
      } else {
        knowledge.expectedButFound(expression, Places.of(expression), cell.type(), type);
      }
    }
  }

  private Type variable(Expression use, Span place, VariableCell cell, Type expected) {
    TypeCell type = cell.type();
    if (type.isSilent()) {
      return Type.UNKNOWN;
    }
    if (expected == Type.STATISTICS && !cell.isGlobal()) {
      knowledge.error(
          use,
          place,
          AnalysisCodes.LOCAL_STATISTIC,
          "stat locals not supported, missing global declaration? ");
      if (knowledge.isLast()) {
        type.silence();
      }
      return Type.UNKNOWN;
    }
    if (!type.isKnown()) {
      if (expected != Type.UNKNOWN) {
        knowledge.resolve(type, expected, place, Source.USE);
      }
      return expected;
    }
    if (expected != Type.UNKNOWN && expected != type.type()) {
      knowledge.mismatch(use, place, type, expected);
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
        if (!result.isKnown() && isNumberOrText(expected) && !callee.givesValue()) {
          // As SystemTap has it: what gives nothing gives 0, or an empty string, where it is asked.
          knowledge.resolve(result, expected, call.function().span(), TypeCell.Source.USE);
        }
        if (!result.isKnown() || expected == Type.UNKNOWN || expected == result.type()) {
          yield result.type();
        }
        knowledge.mismatch(call, call.function().span(), result, expected);
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
          // As SystemTap has it: a call without a value is 0 where a number is wanted.
          case NONE -> expected == Type.LONG ? Type.LONG : Type.UNKNOWN;
          case LONG -> knowledge.fixed(call, Type.LONG, expected);
          case STRING -> knowledge.fixed(call, Type.STRING, expected);
        };
      }
      case null -> {
        call.arguments().forEach(argument -> infer(argument, Type.UNKNOWN));
        yield Type.UNKNOWN;
      }
    };
  }

  private static boolean isNumberOrText(Type type) {
    return type == Type.LONG || type == Type.STRING;
  }

  private Type binary(Expression.Binary binary, Type expected) {
    if (binary.operator() == BinaryOperator.CONCATENATE) {
      value(binary.left(), Type.STRING);
      value(binary.right(), Type.STRING);
      if (expected != Type.UNKNOWN && expected != Type.STRING) {
        knowledge.error(binary, AnalysisCodes.TYPE_MISMATCH, "invalid operator");
        return Type.UNKNOWN;
      }
      return Type.STRING;
    }
    if (!binary.operator().isComparison()) {
      value(binary.left(), Type.LONG);
      value(binary.right(), Type.LONG);
      return knowledge.fixed(binary, Type.LONG, expected);
    }
    Type right = infer(binary.right(), Type.UNKNOWN);
    Type left = value(binary.left(), right);
    if (right == Type.UNKNOWN) {
      value(binary.right(), left);
    }
    if (left == Type.STATISTICS) {
      knowledge.error(binary, AnalysisCodes.INVALID_TYPE, "invalid type stats");
    }
    return knowledge.fixed(binary, Type.LONG, expected);
  }

  private Type assignment(Expression.Assignment assignment, Type expected) {
    Expression target = assignment.target();
    Expression value = assignment.value();
    if (assignment.operator() == AssignmentOperator.AGGREGATE) {
      value(value, Type.LONG);
      infer(target, Type.STATISTICS);
      return knowledge.fixed(assignment, Type.LONG, expected);
    }
    Optional<BinaryOperator> operation = assignment.operator().operation();
    if (operation.isPresent()) {
      Type type = operation.get() == BinaryOperator.CONCATENATE ? Type.STRING : Type.LONG;
      value(value, type);
      value(target, type);
      return knowledge.fixed(assignment, type, expected);
    }
    Type type = infer(value, expected);
    if (type == Type.STATISTICS) {
      knowledge.error(value, AnalysisCodes.INVALID_TYPE, "invalid type stats");
      return Type.UNKNOWN;
    }
    knowledge.cellOf(target).ifPresent(cell -> knowledge.pointsTo(cell, value));
    Type targetType = infer(target, type == Type.UNKNOWN ? expected : type);
    if (type == Type.UNKNOWN) {
      type = value(value, targetType == Type.STATISTICS ? Type.UNKNOWN : targetType);
    }
    if (type == Type.UNKNOWN && knowledge.isLast()) {
      // What the target would have been is lost with the value: say nothing of its other uses.
      knowledge.cellOf(target).filter(cell -> !cell.isKnown()).ifPresent(TypeCell::silence);
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
        knowledge.error(
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
          knowledge.error(argument, AnalysisCodes.INVALID_TYPE, "invalid type stats");
        }
      }
    }
    return knowledge.fixed(print, print.asString() ? Type.STRING : Type.LONG, expected);
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
}
