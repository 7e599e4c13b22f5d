package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One step of intermediate code: three-address, over virtual registers. */
public sealed interface Step {
  /** {@code destination} = the program's context; the first step of a program, if at all. */
  record Context(Virtual destination) implements Step {}

  /** {@code destination = source}. */
  record Copy(Virtual destination, Operand source) implements Step {}

  /**
   * {@code destination = left operation right}, in 64 bits, or in 32 with the upper half cleared.
   */
  record Compute(
      Operation operation, boolean is64Bit, Virtual destination, Operand left, Operand right)
      implements Step {}

  /** {@code destination} = address of a place on the stack. */
  record StackAddress(Virtual destination, int offset) implements Step {}

  /** {@code destination} = address of an array map's first element, plus an offset. */
  record MapValue(Virtual destination, int map, int offset) implements Step {}

  /** {@code destination = *address}, zero-extended. */
  record Load(Size size, Virtual destination, Address address) implements Step {}

  /** {@code *address = value}. */
  record Store(Size size, Address address, Operand value) implements Step {}

  /**
   * An atomic operation.
   *
   * @param size a word or a double word
   * @param result the old value, for the operations that fetch it
   */
  record Atomic(
      AtomicOperation operation,
      Size size,
      Address.Behind address,
      Operand value,
      Optional<Virtual> result)
      implements Step {
    /** One on a double word. */
    public Atomic(
        AtomicOperation operation,
        Address.Behind address,
        Operand value,
        Optional<Virtual> result) {
      this(operation, Size.DOUBLE, address, value, result);
    }
  }

  /** Calls a helper. */
  record Call(Helper helper, List<Argument> arguments, Optional<Virtual> result) implements Step {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** An argument of a helper. */
  sealed interface Argument {
    /** A number, or a pointer in a register. */
    record Value(Operand operand) implements Argument {}

    /** The address of a place on the stack. */
    record StackAddress(int offset) implements Argument {}

    /** A number or pointer that lies on the stack. */
    record Spilled(int offset) implements Argument {}

    /** A map. */
    record MapAddress(int map) implements Argument {}

    /** A function that is called for each element of a map. */
    record Function(MapFunction function) implements Argument {}
  }

  /** The register that the step assigns. */
  default Optional<Virtual> assigned() {
    return switch (this) {
      case Context step -> Optional.of(step.destination());
      case Copy step -> Optional.of(step.destination());
      case Compute step -> Optional.of(step.destination());
      case StackAddress step -> Optional.of(step.destination());
      case MapValue step -> Optional.of(step.destination());
      case Load step -> Optional.of(step.destination());
      case Store _ -> Optional.empty();
      case Atomic step -> step.result();
      case Call step -> step.result();
    };
  }

  /** The registers that the step reads; one may come twice. */
  default List<Virtual> read() {
    return switch (this) {
      case Context _, StackAddress _, MapValue _ -> List.of();
      case Copy step -> virtuals(step.source());
      case Compute step -> joined(virtuals(step.left()), virtuals(step.right()));
      case Load step -> virtuals(step.address());
      case Store step -> joined(virtuals(step.address()), virtuals(step.value()));
      case Atomic step -> joined(virtuals(step.address()), virtuals(step.value()));
      case Call step -> {
        List<Virtual> arguments = new ArrayList<>(step.arguments().size());
        for (Argument argument : step.arguments()) {
          if (argument instanceof Argument.Value(Virtual virtual)) {
            arguments.add(virtual);
          }
        }
        yield arguments;
      }
    };
  }

  /** Whether it does nothing but assign its register. */
  default boolean isPure() {
    return switch (this) {
      case Context _, Copy _, Compute _, StackAddress _, MapValue _, Load _ -> true;
      case Store _, Atomic _ -> false;
      case Call step ->
          isSameInHandler(step.helper())
              || switch (step.helper()) {
                case KTIME_GET_NS, KTIME_GET_BOOT_NS, GET_SMP_PROCESSOR_ID -> true;
                default -> false;
              };
    };
  }

  /** Whether a helper does nothing but give what it gives at every call in a run of a handler. */
  static boolean isSameInHandler(Helper helper) {
    return switch (helper) {
      case GET_CURRENT_PID_TGID, GET_CURRENT_UID_GID, GET_CURRENT_TASK -> true;
      default -> false;
    };
  }

  /** The same step with other registers: reads and the assignment are mapped each on their own. */
  default Step withRegisters(UnaryOperator<Virtual> reads, UnaryOperator<Virtual> assigns) {
    return switch (this) {
      case Context(Virtual destination) -> new Context(assigns.apply(destination));
      case Copy(Virtual destination, Operand source) ->
          new Copy(assigns.apply(destination), mapped(source, reads));
      case Compute(
              var operation,
              boolean is64Bit,
              Virtual destination,
              Operand left,
              Operand right) ->
          new Compute(
              operation,
              is64Bit,
              assigns.apply(destination),
              mapped(left, reads),
              mapped(right, reads));
      case StackAddress(Virtual destination, int offset) ->
          new StackAddress(assigns.apply(destination), offset);
      case MapValue(Virtual destination, int map, int offset) ->
          new MapValue(assigns.apply(destination), map, offset);
      case Load(Size size, Virtual destination, Address address) ->
          new Load(size, assigns.apply(destination), mapped(address, reads));
      case Store(Size size, Address address, Operand value) ->
          new Store(size, mapped(address, reads), mapped(value, reads));
      case Atomic(
              var operation,
              Size size,
              Address.Behind(Virtual pointer, int offset),
              Operand value,
              var result) ->
          new Atomic(
              operation,
              size,
              new Address.Behind(reads.apply(pointer), offset),
              mapped(value, reads),
              result.map(assigns));
      case Call(Helper helper, List<Argument> arguments, var result) ->
          new Call(
              helper,
              arguments.stream()
                  .map(
                      argument ->
                          argument instanceof Argument.Value(Operand operand)
                              ? new Argument.Value(mapped(operand, reads))
                              : argument)
                  .toList(),
              result.map(assigns));
    };
  }

  private static Operand mapped(Operand operand, UnaryOperator<Virtual> registers) {
    return operand instanceof Virtual virtual ? registers.apply(virtual) : operand;
  }

  private static Address mapped(Address address, UnaryOperator<Virtual> registers) {
    return address instanceof Address.Behind(Virtual pointer, int offset)
        ? new Address.Behind(registers.apply(pointer), offset)
        : address;
  }

  private static List<Virtual> virtuals(Operand operand) {
    return operand instanceof Virtual virtual ? List.of(virtual) : List.of();
  }

  private static List<Virtual> virtuals(Address address) {
    return address instanceof Address.Behind(Virtual pointer, int _) ? List.of(pointer) : List.of();
  }

  private static List<Virtual> joined(List<Virtual> first, List<Virtual> second) {
    if (first.isEmpty()) {
      return second;
    }
    return second.isEmpty() ? first : List.of(first.getFirst(), second.getFirst());
  }
}
