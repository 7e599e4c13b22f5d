package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TypeCell.Source;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    if (type == Type.UNKNOWN) {
      knowledge.unresolved(expression);
    }
    return type;
  }

  /**
   * Infers an expression.
   *
   * @param expected the type that its place needs; unknown when any will do
   * @return its type; unknown when that is not known yet
   */
  Type infer(Expression expression, Type expected) {
    if (knowledge.isErroneous(expression)) {
      return knowledge.typeOf(expression);
    }
    return switch (expression) {
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
        Type type = operator(unary, Type.LONG, expected);
        value(unary.operand(), Type.LONG);
        yield type;
      }
      case Expression.Binary binary -> binary(binary, expected);
      case Expression.Assignment assignment -> assignment(assignment, expected);
      case Expression.Step step -> {
        Type type = operator(step, Type.LONG, expected);
        value(step.operand(), Type.LONG);
        yield type;
      }
      case Expression.Conditional choice -> conditional(choice, expected);
      case Expression.Membership membership -> {
        Type type = knowledge.fixed(membership, Type.LONG, expected);
        if (membership.array() instanceof Expression.Symbol symbol) {
          array(symbol);
          element(symbol, membership.indexes());
        } else {
          histogram(membership.array(), membership.indexes());
        }
        yield type;
      }
      case Expression.RegexMatch match -> {
        Type type = operator(match, Type.LONG, expected);
        value(match.subject(), Type.STRING);
        yield type;
      }
      case Expression.Statistic statistic -> {
        value(statistic.operand(), Type.STATISTICS);
        yield knowledge.unchecked(statistic, Type.LONG, expected);
      }
      case Expression.Print print -> print(print, expected);
      case Expression.Attempt attempt -> {
        value(attempt.value(), Type.STRING);
        value(attempt.otherwise(), Type.STRING);
        yield knowledge.fixed(attempt, Type.STRING, expected);
      }
      case Expression.Defined defined -> knowledge.fixed(defined, Type.LONG, expected);
      case Expression.Embedded embedded ->
          knowledge.fixed(embedded, EmbeddedMarks.typeOf(embedded.code()), expected);
      case Expression.Perf perf -> operator(perf, Type.LONG, expected);
      case Expression.Constant constant -> knowledge.fixed(constant, Type.LONG, expected);
      // The resolver has reported the others.
      default -> Type.UNKNOWN;
    };
  }

  private Type access(Expression expression, ContextAccess access, Type expected) {
    access.operands().forEach(operand -> value(operand, Type.LONG));
    return expression instanceof Expression.Register || expression instanceof Expression.Dereference
        ? operator(expression, access.type(), expected)
        : knowledge.fixed(expression, access.type(), expected);
  }

  /** What an operator gives, where it stands in a place that needs something else. */
  private Type operator(Expression expression, Type type, Type expected) {
    if (expected != Type.UNKNOWN && expected != type) {
      knowledge.invalidOperator(expression);
    }
    return knowledge.learn(expression, type);
  }

  /** Access through an address whose C type follows from where the address comes from. */
  private Type autocast(Expression expression, AccessChain chain, Type expected) {
    chain.operands().forEach(operand -> value(operand, Type.LONG));
    Optional<Pointee> pointee = knowledge.pointeeOf(chain.root());
    if (pointee.isEmpty()) {
      if (!knowledge.isSilent(chain.root())) {
        knowledge.error(
            expression,
            AccessLinks.operatorOf(chain),
            AnalysisCodes.CONTEXT_ACCESS,
            "unknown type in dereference");
      }
      return knowledge.learn(expression, chain.print().isPresent() ? Type.STRING : Type.LONG);
    }
    AccessLinks links = new AccessLinks(unit.dataTypes(), unit.contextFacts());
    try {
      if (chain.print().isPresent()) {
        // Its text is put together when all types are known: see AutocastPrinting.
        links.autocast(chain, pointee.get());
        return knowledge.fixed(expression, Type.STRING, expected);
      }
      ContextAccess access = links.finish(expression, chain, links.autocast(chain, pointee.get()));
      unit.accesses().put(expression, access);
      return knowledge.fixed(expression, access.type(), expected);
    } catch (AccessFault fault) {
      knowledge.report(expression, fault.diagnostic());
      return Type.UNKNOWN;
    }
  }

  private Type symbol(Expression.Symbol symbol, Type expected) {
    VariableCell cell = unit.variables().get(symbol);
    return cell == null ? Type.UNKNOWN : knowledge.variable(symbol, symbol.span(), cell, expected);
  }

  private Type arrayElement(Expression.ArrayElement element, Type expected) {
    if (!(element.array() instanceof Expression.Symbol symbol)) {
      histogram(element.array(), element.indexes());
      return knowledge.unchecked(element, Type.LONG, expected);
    }
    VariableCell array = knowledge.isErroneous(symbol) ? null : unit.variables().get(symbol);
    Type type =
        array == null ? Type.UNKNOWN : knowledge.variable(element, symbol.span(), array, expected);
    if (array != null) {
      knowledge.unresolved(element, symbol.span(), array.type());
    }
    element(symbol, element.indexes());
    return type;
  }

  /** Says that an array that is named as a whole has no type. */
  void array(Expression.Symbol symbol) {
    unit.variable(symbol)
        .filter(array -> !knowledge.isErroneous(symbol))
        .ifPresent(array -> knowledge.unresolved(symbol, symbol.span(), array.type()));
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

  /** Infers the indexes of an array. */
  void element(Expression.Symbol symbol, List<IndexElement> indexes) {
    VariableCell array = knowledge.isErroneous(symbol) ? null : unit.variables().get(symbol);
    for (int i = 0; i < indexes.size(); i++) {
      if (array != null && i < array.indexes().size()) {
        index(indexes.get(i), array.indexes().get(i), i);
      } else if (indexes.get(i) instanceof Expression expression) {
        infer(expression, Type.UNKNOWN);
      }
    }
  }

  /** An argument or index, and what is known of its parameter or of the array. */
  void index(IndexElement element, TypeCell cell, int place) {
    if (!(element instanceof Expression expression)) {
      return;
    }
    if (expression instanceof Expression.Literal literal
        && cell.isKnown()
        && cell.type() != knowledge.typeOf(literal)) {
      knowledge.literalMismatch(literal, cell);
      return;
    }
    int before = knowledge.complaints();
    Type type = value(expression, cell.type());
    knowledge.pointsTo(cell, expression);
    if (knowledge.complaints() > before) {
      return;
    }
    if (type == Type.STATISTICS) {
      knowledge.error(expression, AnalysisCodes.INVALID_TYPE, "invalid type stats");
    } else if (type != Type.UNKNOWN && !cell.isKnown()) {
      knowledge.resolve(cell, type, Places.of(expression), Source.INDEX, place);
    } else if (type != Type.UNKNOWN && type != cell.type()) {
      knowledge.mismatch(expression, Places.of(expression), cell, type);
    }
  }

  private Type call(Expression.FunctionCall call, Type expected) {
    return switch (unit.calls().get(call)) {
      case CallTarget.Script(FunctionUnit callee) -> {
        TypeCell result = callee.result();
        if (result.isKnown() && expected != Type.UNKNOWN && expected != result.type()) {
          knowledge.mismatch(call, call.function().span(), result, expected);
        }
        for (int i = 0; i < call.arguments().size(); i++) {
          index(call.arguments().get(i), callee.parameters().get(i).type(), i);
        }
        callee.overloads().stream()
            .filter(other -> !other.equals(callee))
            .forEach(other -> learnParameters(callee, other, call));
        if (!result.isKnown() && isNumberOrText(expected)) {
          // As SystemTap has it: what gives nothing known gives what it is asked for.
          knowledge.resolve(result, expected, call.function().span(), Source.USE, 0);
        }
        yield knowledge.learn(call, result.type());
      }
      case CallTarget.Provided provided -> {
        Signature signature = provided.intrinsic().signature();
        Type result =
            switch (signature.result()) {
              // As SystemTap has it: a call without a value is 0 where a number is wanted, and the
              // empty string where a string is.
              case NONE ->
                  isNumberOrText(expected) ? knowledge.learn(call, expected) : Type.UNKNOWN;
              case LONG -> knowledge.fixed(call, Type.LONG, expected);
              case STRING -> knowledge.fixed(call, Type.STRING, expected);
            };
        for (int i = 0; i < call.arguments().size(); i++) {
          argument(
              call.arguments().get(i),
              switch (signature.parameters().get(i).type()) {
                case LONG -> Type.LONG;
                case STRING -> Type.STRING;
              });
        }
        yield result;
      }
      case null -> {
        call.arguments().forEach(argument -> infer(argument, Type.UNKNOWN));
        yield Type.UNKNOWN;
      }
    };
  }

  /** What another function is given that a call may go on to. */
  private void learnParameters(
      FunctionUnit callee, FunctionUnit other, Expression.FunctionCall call) {
    for (int i = 0; i < call.arguments().size(); i++) {
      TypeCell parameter = other.parameters().get(i).type();
      TypeCell own = callee.parameters().get(i).type();
      Type given = knowledge.typeOf(call.arguments().get(i));
      if (!parameter.isKnown() && isNumberOrText(given)) {
        knowledge.resolve(parameter, given, Places.of(call.arguments().get(i)), Source.INDEX, i);
      } else if (parameter.isKnown() && !own.isKnown()) {
        knowledge.resolve(
            own, parameter.type(), Places.of(call.arguments().get(i)), Source.INDEX, i);
      }
    }
  }

  private static boolean isNumberOrText(Type type) {
    return type == Type.LONG || type == Type.STRING;
  }

  /** An argument that must be of one type. */
  private void argument(Expression argument, Type needed) {
    int before = knowledge.complaints();
    Type type = value(argument, needed);
    if (knowledge.complaints() == before && type != Type.UNKNOWN && type != needed) {
      knowledge.expectedButFound(argument, Places.of(argument), needed, type);
    }
  }

  private Type binary(Expression.Binary binary, Type expected) {
    if (binary.operator() == BinaryOperator.CONCATENATE) {
      Type type = operator(binary, Type.STRING, expected);
      value(binary.left(), Type.STRING);
      value(binary.right(), Type.STRING);
      return type;
    }
    Type type = operator(binary, Type.LONG, expected);
    if (binary.operator().isComparison()) {
      int before = knowledge.complaints();
      Type left = infer(binary.left(), knowledge.typeOf(binary.right()));
      Type right = infer(binary.right(), knowledge.complaints() > before ? Type.UNKNOWN : left);
      if (left == Type.UNKNOWN) {
        knowledge.unresolved(binary.left());
      }
      if (right == Type.UNKNOWN) {
        knowledge.unresolved(binary.right());
      }
      if (left == Type.STATISTICS) {
        knowledge.error(binary, AnalysisCodes.INVALID_TYPE, "invalid type stats");
      }
      agree(binary, left, right, before);
    } else {
      int before = knowledge.complaints();
      agree(binary, value(binary.left(), Type.LONG), value(binary.right(), Type.LONG), before);
    }
    return type;
  }

  /**
   * Two sides that must be of one type.
   *
   * @param before how much had been complained of before they were looked at: nothing is added to
   *     what was said of one of them
   */
  private void agree(Expression whole, Type left, Type right, int before) {
    if (knowledge.complaints() > before) {
      return;
    }
    if (left != Type.UNKNOWN && right != Type.UNKNOWN && left != right) {
      knowledge.error(
          whole,
          Places.of(whole),
          AnalysisCodes.TYPE_MISMATCH,
          "type mismatch: left and right sides don't agree (%s vs %s)"
              .formatted(left.spelling(), right.spelling()));
    }
  }

  private Type assignment(Expression.Assignment assignment, Type expected) {
    Expression target = assignment.target();
    Expression value = assignment.value();
    Optional<BinaryOperator> operation = assignment.operator().operation();
    if (assignment.operator() == AssignmentOperator.AGGREGATE) {
      Type type = operator(assignment, Type.LONG, expected);
      value(target, Type.STATISTICS);
      value(value, Type.LONG);
      return type;
    }
    if (operation.isPresent()) {
      if (operation.get() == BinaryOperator.CONCATENATE) {
        Type type = operator(assignment, Type.STRING, expected);
        value(target, type);
        value(value, type);
        return type;
      }
      Type type = operator(assignment, Type.LONG, expected);
      int before = knowledge.complaints();
      agree(assignment, value(target, type), value(value, type), before);
      return type;
    }
    int before = knowledge.complaints();
    Type known = knowledge.typeOf(value);
    Type left = infer(target, expected == Type.UNKNOWN ? known : expected);
    Type right = infer(value, expected == Type.UNKNOWN ? left : expected);
    if (right == Type.STATISTICS) {
      knowledge.error(value, AnalysisCodes.INVALID_TYPE, "invalid type stats");
      return Type.UNKNOWN;
    }
    knowledge.cellOf(target).ifPresent(cell -> knowledge.pointsTo(cell, value));
    if (left == Type.UNKNOWN && right != Type.UNKNOWN) {
      left = knowledge.learn(target, right);
    }
    if (left == Type.UNKNOWN) {
      if (knowledge.isSilent(value)) {
        // What the target would have been is lost with the value.
        knowledge.cellOf(target).ifPresent(knowledge::silence);
      } else {
        knowledge.unresolved(target);
      }
    }
    if (right == Type.UNKNOWN && value instanceof Expression.Symbol) {
      knowledge.unresolved(value);
    }
    agree(assignment, left, right, before);
    return knowledge.learn(assignment, left == Type.UNKNOWN ? right : left);
  }

  private Type conditional(Expression.Conditional choice, Type expected) {
    value(choice.condition(), Type.LONG);
    int before = knowledge.complaints();
    Type then = infer(choice.then(), expected);
    Type sibling = knowledge.complaints() > before ? Type.UNKNOWN : then;
    Type otherwise = infer(choice.otherwise(), expected == Type.UNKNOWN ? sibling : expected);
    if (then == Type.UNKNOWN && otherwise != Type.UNKNOWN) {
      then = infer(choice.then(), otherwise);
    }
    if (then == Type.UNKNOWN) {
      knowledge.unresolved(choice.then());
    }
    if (otherwise == Type.UNKNOWN) {
      knowledge.unresolved(choice.otherwise());
    }
    if (then != Type.UNKNOWN && otherwise != Type.UNKNOWN && knowledge.complaints() == before) {
      knowledge.unchecked(choice.otherwise(), otherwise, then);
    }
    return knowledge.learn(choice, then == Type.UNKNOWN ? otherwise : then);
  }

  private Type print(Expression.Print print, Type expected) {
    List<Expression> arguments = print.arguments();
    if (print.form() == Expression.PrintForm.FORMATTED && print.format().isPresent()) {
      List<Type> types = formatTypes(print.format().get());
      if (types.size() != arguments.size()) {
        knowledge.formatArguments(print);
        arguments.forEach(argument -> infer(argument, Type.UNKNOWN));
      } else {
        for (int i = 0; i < arguments.size(); i++) {
          argument(arguments.get(i), types.get(i));
        }
      }
    } else {
      Type needed = print.form() == Expression.PrintForm.CHARACTER ? Type.LONG : Type.UNKNOWN;
      for (Expression argument : arguments) {
        if (argument instanceof Expression.Histogram histogram) {
          value(histogram.operand(), Type.STATISTICS);
        } else if (value(argument, needed) == Type.STATISTICS) {
          knowledge.uncheckedStatistic(argument);
        }
      }
    }
    return knowledge.unchecked(print, print.asString() ? Type.STRING : Type.LONG, expected);
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
