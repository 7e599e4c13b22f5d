package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.intrinsic.KernelOperand;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/** Expressions whose value is a number. */
final class Numbers {
  private static final Operand ZERO = new Constant(0);

  /**
   * Shifts look at the low 6 bits of their count, as x86 does; the verifier wants that written out.
   */
  private static final long SHIFT_MASK = 63;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Numbers(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** The value. After an error any value. */
  Operand number(Expression expression) {
    Operand[] result = {ZERO};
    handler.nested(expression.span(), () -> result[0] = lowered(expression));
    return result[0];
  }

  private Operand lowered(Expression expression) {
    Optional<ContextAccess> access = handler.bindings().accessOf(expression);
    if (access.isPresent()) {
      return handler.contextData.number(expression, access.get());
    }
    return switch (expression) {
      case Expression.NumberLiteral literal -> new Constant(literal.value());
      case Expression.Symbol symbol -> variable(symbol);
      case Expression.ArrayElement element -> handler.arrays.number(element);
      case Expression.Statistic statistic -> handler.figures.figure(statistic);
      case Expression.Perf perf -> Counters.read(handler, perf);
      case Expression.FunctionCall call -> call(call);
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Assignment assignment -> handler.assignments.assign(assignment, true);
      case Expression.Step step -> handler.assignments.step(step, true);
      case Expression.Conditional conditional -> conditional(conditional);
      case Expression.Membership _, Expression.RegexMatch _ -> truth(expression);
      case Expression.Print print when !print.asString() -> {
        handler.events.print(print);
        yield ZERO;
      }
      case Expression.Erroneous _, Expression.StringLiteral _ -> ZERO;
      default -> unsupported(expression);
    };
  }

  /** Reports an expression that analysis lets pass and nothing here knows: there is none. */
  Operand unsupported(Expression expression) {
    handler.tables.report(notSupported(expression.span(), "this expression"));
    return ZERO;
  }

  private Operand variable(Expression.Symbol symbol) {
    return switch (handler.bindings().variableOf(symbol).orElse(null)) {
      case Variable.Local local
          when handler.scope().place(local) instanceof Place.InRegister(Virtual register) -> {
        // A copy: the variable may change before the value is used.
        Virtual copy = code.fresh();
        code.at(symbol.span());
        code.copy(copy, register);
        yield copy;
      }
      case Variable.Global global when isNumber(global, symbol.span()) -> {
        code.at(symbol.span());
        yield code.load(Size.DOUBLE, handler.data.scalar(global));
      }
      case null, default -> ZERO;
    };
  }

  /** Whether a global is a scalar number; else says what it is. */
  boolean isNumber(Variable.Global global, Span span) {
    return switch (global.type()) {
      case STATISTICS -> {
        handler.tables.report(notSupported(span, "a statistic as a number"));
        yield false;
      }
      case STRING -> false;
      case LONG, UNKNOWN -> !global.isArray();
    };
  }

  private Operand call(Expression.FunctionCall call) {
    Optional<KernelOperand> result = handler.calls.call(call, Optional.empty());
    return result.orElse(null) instanceof LoweredValue.Number(Operand operand) ? operand : ZERO;
  }

  private Operand unary(Expression.Unary unary) {
    return switch (unary.operator()) {
      case PLUS -> number(unary.operand());
      case NOT -> truth(unary);
      case MINUS -> {
        Operand operand = number(unary.operand());
        code.at(unary.span());
        yield negated(operand);
      }
      case COMPLEMENT -> {
        Operand operand = number(unary.operand());
        code.at(unary.span());
        yield code.compute(Operation.EXCLUSIVE_OR, operand, new Constant(-1));
      }
    };
  }

  /** {@code 0 - operand}. */
  Operand negated(Operand operand) {
    return operand instanceof Constant(long value)
        ? new Constant(-value)
        : code.compute(Operation.NEGATE, operand, ZERO);
  }

  private Operand binary(Expression.Binary binary) {
    BinaryOperator operator = binary.operator();
    if (operator == BinaryOperator.CONCATENATE) {
      handler.report(Restriction.STRING_CONCATENATION, binary.span());
      return ZERO;
    }
    if (operator == BinaryOperator.LOGICAL_AND
        || operator == BinaryOperator.LOGICAL_OR
        || operator.isComparison()) {
      return truth(binary);
    }
    Operand left = number(binary.left());
    Operand right = number(binary.right());
    code.at(binary.span());
    return operation(operator, left, right, binary.operatorSpan(), operator.symbol());
  }

  /**
   * An arithmetic operation.
   *
   * @param token the operator as the script has it, for the message of a division by zero
   */
  Operand operation(
      BinaryOperator operator, Operand left, Operand right, Span place, String token) {
    return switch (operator) {
      case OR -> code.compute(Operation.OR, left, right);
      case EXCLUSIVE_OR -> code.compute(Operation.EXCLUSIVE_OR, left, right);
      case AND -> code.compute(Operation.AND, left, right);
      case ADD -> code.compute(Operation.ADD, left, right);
      case SUBTRACT -> code.compute(Operation.SUBTRACT, left, right);
      case MULTIPLY -> code.compute(Operation.MULTIPLY, left, right);
      case SHIFT_LEFT -> code.compute(Operation.SHIFT_LEFT, left, shiftCount(right));
      case SHIFT_RIGHT -> code.compute(Operation.SHIFT_RIGHT, left, shiftCount(right));
      case SHIFT_RIGHT_UNSIGNED ->
          code.compute(Operation.SHIFT_RIGHT_UNSIGNED, left, shiftCount(right));
      case DIVIDE -> Division.lower(handler, false, left, right, place, token);
      case MODULO -> Division.lower(handler, true, left, right, place, token);
      case LOGICAL_OR,
          LOGICAL_AND,
          LESS,
          GREATER,
          LESS_OR_EQUAL,
          GREATER_OR_EQUAL,
          EQUAL,
          NOT_EQUAL,
          CONCATENATE ->
          throw new IllegalArgumentException("not arithmetic: " + operator);
    };
  }

  private Operand shiftCount(Operand count) {
    return code.compute(Operation.AND, count, new Constant(SHIFT_MASK));
  }

  /** 1 where a condition holds, else 0. */
  private Operand truth(Expression condition) {
    int holds = code.newBlock();
    int fails = code.newBlock();
    int join = code.newBlock();
    Virtual result = code.fresh();
    handler.conditions.branch(condition, holds, fails);
    code.start(holds);
    code.copy(result, new Constant(1));
    code.jump(join);
    code.start(fails);
    code.copy(result, ZERO);
    code.jump(join);
    code.start(join);
    return result;
  }

  private Operand conditional(Expression.Conditional conditional) {
    int holds = code.newBlock();
    int fails = code.newBlock();
    int join = code.newBlock();
    Virtual result = code.fresh();
    handler.conditions.branch(conditional.condition(), holds, fails);
    code.start(holds);
    code.copy(result, number(conditional.then()));
    code.jump(join);
    code.start(fails);
    code.copy(result, number(conditional.otherwise()));
    code.jump(join);
    code.start(join);
    return result;
  }

  /** The message of an unexpected construct, as a diagnostic of its own. */
  static Diagnostic notSupported(Span span, String what) {
    return Diagnostic.error(
        KernelDiagnostics.NOT_SUPPORTED, span, what + " in a kernel probe is not supported yet");
  }
}
