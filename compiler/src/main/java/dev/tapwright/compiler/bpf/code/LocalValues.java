package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Within each block, and constants and copies also on into the block that can only come after it:
 * constants and copies are passed on to where they are read, what is constant is computed, and what
 * has been computed already is taken from where it is.
 */
final class LocalValues {
  /**
   * What a register is known to equal, as long as the other register has not been assigned since.
   */
  private record Known(Operand operand, int version) {}

  /** A computation, by the versions of what it reads. */
  private record Expression(
      Operation operation,
      boolean is64Bit,
      Operand left,
      int leftVersion,
      Operand right,
      int rightVersion) {}

  /** Stands for no register. */
  private static final Virtual NONE = new Virtual(-1);

  private final int[] versions;
  private final int[] assignments;
  private final Map<Virtual, Known> known = new HashMap<>();
  private final Map<Expression, Known> computed = new HashMap<>();

  /**
   * What was read of the context, and what a helper gave that always gives the same, by the step
   * without its register. Not longer than to the next call, where it would need a register that
   * calls keep.
   */
  private final Map<Step, Known> given = new HashMap<>();

  /** Registers that hold the context. */
  private final BitSet contexts = new BitSet();

  private LocalValues(int virtuals) {
    versions = new int[virtuals];
    assignments = new int[virtuals];
  }

  /** Runs the pass. */
  static Flow run(Flow flow) {
    LocalValues values = new LocalValues(flow.virtuals());
    values.countAssignments(flow);
    BitSet followers = flow.followers();
    List<Block> blocks = new ArrayList<>(flow.blocks().size());
    for (Block block : flow.blocks()) {
      blocks.add(values.block(block, followers.get(blocks.size())));
    }
    return flow.withBlocks(blocks);
  }

  private void countAssignments(Flow flow) {
    for (Block block : flow.blocks()) {
      for (Line line : block.lines()) {
        line.step().assigned().ifPresent(virtual -> assignments[virtual.number()]++);
        if (line.step() instanceof Step.Context(Virtual context)) {
          contexts.set(context.number());
        }
      }
    }
  }

  private Block block(Block block, boolean follows) {
    if (follows) {
      // What is assigned once is a copy of something, rather than what something was copied to.
      known.keySet().removeIf(virtual -> assignments[virtual.number()] > 1);
    } else {
      known.clear();
    }
    // Computations are not worth a register that lives long.
    computed.clear();
    given.clear();
    List<Line> lines = new ArrayList<>(block.lines().size());
    for (Line line : block.lines()) {
      Step step = simplified(substituted(line.step()));
      Step result = reused(step);
      lines.add(new Line(result, line.span()));
      remember(step, result);
    }
    return block.withLines(lines).withEnd(block.end().withOperands(this::current));
  }

  private Operand current(Operand operand) {
    if (operand instanceof Virtual virtual) {
      Known value = known.get(virtual);
      if (value != null && version(value.operand()) == value.version()) {
        return value.operand();
      }
    }
    return operand;
  }

  private int version(Operand operand) {
    return operand instanceof Virtual(int number) ? versions[number] : 0;
  }

  private Address current(Address address) {
    return address instanceof Address.Behind(Virtual pointer, int offset)
            && current(pointer) instanceof Virtual other
        ? new Address.Behind(other, offset)
        : address;
  }

  private Step substituted(Step step) {
    return switch (step) {
      case Step.Context _, Step.StackAddress _, Step.MapValue _ -> step;
      case Step.Copy(Virtual destination, Operand source) ->
          new Step.Copy(destination, current(source));
      case Step.Compute(
              var operation,
              boolean is64Bit,
              Virtual destination,
              Operand left,
              Operand right) ->
          new Step.Compute(operation, is64Bit, destination, current(left), current(right));
      case Step.Load(var size, Virtual destination, Address address) ->
          new Step.Load(size, destination, current(address));
      case Step.Store(var size, Address address, Operand value) ->
          new Step.Store(size, current(address), current(value));
      case Step.Atomic(
              var operation,
              var size,
              Address.Behind address,
              Operand value,
              var result) ->
          new Step.Atomic(
              operation, size, (Address.Behind) current(address), current(value), result);
      case Step.Call(var helper, List<Argument> arguments, var result) ->
          new Step.Call(
              helper,
              arguments.stream()
                  .map(
                      argument ->
                          argument instanceof Argument.Value(Operand operand)
                              ? new Argument.Value(current(operand))
                              : argument)
                  .toList(),
              result);
    };
  }

  private static Step simplified(Step step) {
    if (!(step
        instanceof
        Step.Compute(
            Operation operation,
            boolean is64Bit,
            Virtual destination,
            Operand left,
            Operand right))) {
      return step;
    }
    if (right instanceof Constant(long b) && isRefused(operation, is64Bit, b)) {
      return legal((Step.Compute) step, b);
    }
    if (left instanceof Constant(long a) && right instanceof Constant(long b)) {
      OptionalLong folded = Folding.compute(operation, is64Bit, a, b);
      return folded.isPresent()
          ? new Step.Copy(destination, new Constant(folded.getAsLong()))
          : step;
    }
    if (left instanceof Constant constant && Folding.isCommutative(operation)) {
      return simplified(new Step.Compute(operation, is64Bit, destination, right, constant));
    }
    if (is64Bit && right instanceof Constant(long b)) {
      return identity(operation, left, b)
          .<Step>map(same -> new Step.Copy(destination, same))
          .orElse(step);
    }
    return step;
  }

  /** Whether the verifier refuses an operation for its constant, which is defined all the same. */
  private static boolean isRefused(Operation operation, boolean is64Bit, long right) {
    return switch (operation) {
      case DIVIDE, MODULO -> (is64Bit ? right : (int) right) == 0;
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> right != bits(is64Bit, right);
      default -> false;
    };
  }

  /** The bits that a shift is by. */
  private static long bits(boolean is64Bit, long right) {
    return right & ((is64Bit ? Long.SIZE : Integer.SIZE) - 1);
  }

  private static Step legal(Step.Compute step, long right) {
    Constant zero = new Constant(0);
    return switch (step.operation()) {
      case DIVIDE -> new Step.Copy(step.destination(), zero);
      case MODULO ->
          step.is64Bit()
              ? new Step.Copy(step.destination(), step.left())
              : new Step.Compute(Operation.MOVE, false, step.destination(), zero, step.left());
      default ->
          simplified(
              new Step.Compute(
                  step.operation(),
                  step.is64Bit(),
                  step.destination(),
                  step.left(),
                  new Constant(bits(step.is64Bit(), right))));
    };
  }

  /** The result where the constant on the right makes it one of the operands, or zero. */
  private static Optional<Operand> identity(Operation operation, Operand left, long right) {
    boolean isLeft =
        switch (operation) {
          case ADD, SUBTRACT, OR, EXCLUSIVE_OR, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED ->
              right == 0;
          case MULTIPLY, DIVIDE, DIVIDE_SIGNED -> right == 1;
          case AND -> right == -1;
          default -> false;
        };
    boolean isZero =
        switch (operation) {
          case MULTIPLY, AND -> right == 0;
          case MODULO, MODULO_SIGNED -> right == 1;
          default -> false;
        };
    return isLeft ? Optional.of(left) : isZero ? Optional.of(new Constant(0)) : Optional.empty();
  }

  private Optional<Expression> key(Step step) {
    return step
            instanceof
            Step.Compute(
                Operation operation,
                boolean is64Bit,
                Virtual _,
                Operand left,
                Operand right)
        ? Optional.of(
            new Expression(operation, is64Bit, left, version(left), right, version(right)))
        : Optional.empty();
  }

  private boolean isGiven(Step step) {
    return switch (step) {
      case Step.Load(var _, var _, Address.Behind(Virtual pointer, int _)) ->
          contexts.get(pointer.number());
      case Step.Call(Helper helper, var _, var _) -> Step.isSameInHandler(helper);
      default -> false;
    };
  }

  private static Step withoutRegister(Step step) {
    return step.withRegisters(read -> read, _ -> NONE);
  }

  private Step reused(Step step) {
    Optional<Known> value =
        isGiven(step)
            ? Optional.ofNullable(given.get(withoutRegister(step)))
            : key(step).map(computed::get);
    return value
        .filter(there -> version(there.operand()) == there.version())
        .flatMap(
            there -> step.assigned().<Step>map(result -> new Step.Copy(result, there.operand())))
        .orElse(step);
  }

  private void remember(Step asWritten, Step result) {
    Optional<Expression> key = key(asWritten);
    if (result instanceof Step.Call) {
      given.clear();
    }
    result
        .assigned()
        .ifPresent(
            destination -> {
              versions[destination.number()]++;
              known.remove(destination);
              if (result instanceof Step.Copy(Virtual _, Operand source)
                  && !source.equals(destination)) {
                known.put(destination, new Known(source, version(source)));
              } else if (result instanceof Step.Compute) {
                key.ifPresent(
                    expression ->
                        computed.put(expression, new Known(destination, version(destination))));
              } else if (isGiven(result)) {
                given.put(withoutRegister(result), new Known(destination, version(destination)));
              }
            });
  }
}
