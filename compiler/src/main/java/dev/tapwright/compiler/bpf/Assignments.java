package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/**
 * Assignments to numbers, and {@code ++} and {@code --}.
 *
 * <p>Additions to what other processors see are atomic; from Linux 5.12 {@code |=}, {@code &=} and
 * {@code ^=} are, too. Where the kernel cannot give the old value of an atomic addition, its result
 * is read right after: the sum is right in any case, the result may hold another processor's
 * additions too. All other {@code op=} read, compute and store: each is whole, but two at the same
 * time may lose one.
 */
final class Assignments {
  private static final Operand ZERO = new Constant(0);

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Assignments(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** A change of a number. */
  private sealed interface Change {
    /** A new value. */
    record Replace(Operand value) implements Change {}

    /**
     * An addition.
     *
     * @param givesOld whether the result is the value before it
     */
    record Add(Operand value, boolean givesOld) implements Change {}

    /** Another operation with the old value on the left. */
    record Operate(BinaryOperator operator, Operand right, Span place, String token)
        implements Change {}
  }

  /**
   * An assignment.
   *
   * @param isUsed whether its value is
   * @return its value, if it is a number and used
   */
  Operand assign(Expression.Assignment assignment, boolean isUsed) {
    if (assignment.operator() == AssignmentOperator.AGGREGATE) {
      return handler.statistics.add(assignment);
    }
    if (handler.bindings().typeOf(assignment.value()) == Type.STRING) {
      handler.texts.assign(assignment);
      return ZERO;
    }
    if (assignment.target() instanceof Expression.ArrayElement element) {
      return element(assignment, element, isUsed);
    }
    Change change = change(assignment, handler.numbers.number(assignment.value()));
    code.at(assignment.span());
    return scalar(assignment.target(), change, isUsed);
  }

  /** {@code ++} or {@code --}. */
  Operand step(Expression.Step step, boolean isUsed) {
    Change change = new Change.Add(new Constant(step.isDecrement() ? -1 : 1), !step.isPrefix());
    if (step.operand() instanceof Expression.ArrayElement element) {
      return handler
          .arrays
          .key(element)
          .map(
              key -> {
                code.at(step.span());
                return memory(handler.arrays.place(key), change, isUsed);
              })
          .orElse(ZERO);
    }
    code.at(step.span());
    return scalar(step.operand(), change, isUsed);
  }

  private Change change(Expression.Assignment assignment, Operand value) {
    return switch (assignment.operator()) {
      case ASSIGN -> new Change.Replace(value);
      case ADD -> new Change.Add(value, false);
      case SUBTRACT -> new Change.Add(handler.numbers.negated(value), false);
      default ->
          new Change.Operate(
              assignment.operator().operation().orElseThrow(),
              value,
              assignment.operatorSpan(),
              assignment.operator().symbol());
    };
  }

  private Operand element(
      Expression.Assignment assignment, Expression.ArrayElement element, boolean isUsed) {
    Optional<Arrays.Key> found = handler.arrays.key(element);
    if (found.isEmpty()) {
      return ZERO;
    }
    Arrays.Key key = found.get();
    Operand value = handler.numbers.number(assignment.value());
    code.at(assignment.span());
    Change change = change(assignment, value);
    if (change instanceof Change.Replace) {
      Address place = handler.memory.allocate(8);
      code.store(Size.DOUBLE, place, value);
      handler.arrays.store(key, place);
      return value;
    }
    if (change instanceof Change.Operate(BinaryOperator operator, var right, var place, var token)
        && (operator == BinaryOperator.DIVIDE || operator == BinaryOperator.MODULO)) {
      // What fails makes no element.
      Division.check(handler, right, place, token);
    }
    return memory(handler.arrays.place(key), change, isUsed);
  }

  private Operand scalar(Expression target, Change change, boolean isUsed) {
    return switch (handler.bindings().variableOf(target).orElse(null)) {
      case Variable.Local local
          when handler.scope().place(local) instanceof Place.InRegister(Virtual register) ->
          register(register, change);
      case Variable.Global global when handler.numbers.isNumber(global, target.span()) ->
          memory(handler.data.scalar(global), change, isUsed);
      case null -> {
        if (!Answer.isAnswer(target, handler.bindings())) {
          yield handler.numbers.unsupported(target);
        }
        Operand value = register(handler.answer.register(), change);
        handler.answer.check(value, target.span());
        yield value;
      }
      default -> ZERO;
    };
  }

  private Operand register(Virtual register, Change change) {
    Virtual old = code.fresh();
    code.copy(old, register);
    Operand value =
        switch (change) {
          case Change.Replace(Operand replacement) -> replacement;
          case Change.Add(Operand addend, boolean _) -> code.compute(Operation.ADD, old, addend);
          case Change.Operate(BinaryOperator operator, Operand right, Span place, String token) ->
              handler.numbers.operation(operator, old, right, place, token);
        };
    code.copy(register, value);
    return change instanceof Change.Add(Operand _, boolean givesOld) && givesOld ? old : value;
  }

  private Operand memory(Address.Behind address, Change change, boolean isUsed) {
    return switch (change) {
      case Change.Replace(Operand value) -> {
        code.store(Size.DOUBLE, address, value);
        yield value;
      }
      case Change.Add add -> add(address, add, isUsed);
      case Change.Operate(BinaryOperator operator, Operand right, Span _, String _)
          when isOfBits(operator) -> {
        if (!isUsed) {
          code.atomic(atomic(operator, false), address, right);
          yield ZERO;
        }
        Operand old = code.fetch(atomic(operator, true), address, right);
        yield code.compute(bits(operator), old, right);
      }
      case Change.Operate(BinaryOperator operator, Operand right, Span place, String token) -> {
        Operand old = code.load(Size.DOUBLE, address);
        Operand value = handler.numbers.operation(operator, old, right, place, token);
        code.store(Size.DOUBLE, address, value);
        yield value;
      }
    };
  }

  private boolean isOfBits(BinaryOperator operator) {
    return handler.tables.profile().has(KernelFeature.ATOMIC_FETCH)
        && switch (operator) {
          case OR, AND, EXCLUSIVE_OR -> true;
          default -> false;
        };
  }

  private static Operation bits(BinaryOperator operator) {
    return switch (operator) {
      case OR -> Operation.OR;
      case AND -> Operation.AND;
      default -> Operation.EXCLUSIVE_OR;
    };
  }

  private static AtomicOperation atomic(BinaryOperator operator, boolean isFetching) {
    return switch (operator) {
      case OR -> isFetching ? AtomicOperation.FETCH_OR : AtomicOperation.OR;
      case AND -> isFetching ? AtomicOperation.FETCH_AND : AtomicOperation.AND;
      default -> isFetching ? AtomicOperation.FETCH_EXCLUSIVE_OR : AtomicOperation.EXCLUSIVE_OR;
    };
  }

  private Operand add(Address.Behind address, Change.Add add, boolean isUsed) {
    if (!isUsed) {
      code.atomicAdd(address, add.value());
      return ZERO;
    }
    if (handler.tables.profile().has(KernelFeature.ATOMIC_FETCH)) {
      Virtual old = code.fetch(AtomicOperation.FETCH_ADD, address, add.value());
      return add.givesOld() ? old : code.compute(Operation.ADD, old, add.value());
    }
    code.atomicAdd(address, add.value());
    Virtual current = code.load(Size.DOUBLE, address);
    return add.givesOld() ? code.compute(Operation.SUBTRACT, current, add.value()) : current;
  }
}
