package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyOperand.InRegister;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A step of a block of assembler. Registers are numbered as {@link Assembly} says. */
public sealed interface AssemblyStep {
  /** Arithmetic of BPF: division is unsigned, and by zero gives 0, or for the rest the dividend. */
  enum Operation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    OR,
    AND,
    SHIFT_LEFT,
    SHIFT_RIGHT_UNSIGNED,
    NEGATE,
    MODULO,
    EXCLUSIVE_OR,
    MOVE,
    SHIFT_RIGHT
  }

  /** Comparisons of jumps. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    GREATER_UNSIGNED,
    GREATER_OR_EQUAL_UNSIGNED,
    LESS_UNSIGNED,
    LESS_OR_EQUAL_UNSIGNED,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    BITS_SET
  }

  /** Atomic operations. */
  enum AtomicOperation {
    ADD,
    OR,
    AND,
    EXCLUSIVE_OR,
    EXCHANGE
  }

  /** Where the message of an error goes. */
  enum ErrorStep {
    /** To the {@code catch} around; without one the block goes on. */
    JUMP_TO_CATCH,
    /** To the session, which counts it; the block goes on. */
    REGISTER
  }

  /** {@code destination = destination operation source}; 32 bits clear the upper half. */
  record Compute(Operation operation, boolean is64Bit, int destination, AssemblyOperand source)
      implements AssemblyStep {}

  /** The low 16, 32 or 64 bits of a register as a number in an order of bytes; others are 0. */
  record ByteOrder(boolean isBig, int bits, int register) implements AssemblyStep {}

  /** {@code destination = *(base + offset)}, so many bytes, zero-extended. */
  record Load(int bytes, int destination, int base, int offset) implements AssemblyStep {}

  /** {@code *(base + offset) = value}, so many bytes. */
  record Store(int bytes, int base, int offset, AssemblyOperand value) implements AssemblyStep {}

  /**
   * An atomic operation on {@code *(base + offset)}, 4 or 8 bytes.
   *
   * @param isFetched whether the register of the value gets what was there
   */
  record Atomic(
      AtomicOperation operation, boolean isFetched, int bytes, int base, int offset, int value)
      implements AssemblyStep {}

  /** Goes to a step; that behind the last ends the block. */
  record Jump(int target) implements AssemblyStep {}

  /** Goes to a step if the comparison holds. */
  record JumpIf(Comparison comparison, boolean is64Bit, int left, AssemblyOperand right, int target)
      implements AssemblyStep {}

  /**
   * Calls a helper.
   *
   * @param helper its number; a negative one is of user space
   * @param destination where its result goes, besides R0
   */
  record Call(int helper, List<AssemblyOperand> arguments, OptionalInt destination)
      implements AssemblyStep {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Prints, or formats into a string whose address goes to a register.
   *
   * @param format its texts are bytes; takes as many arguments as there are
   */
  record Format(
      boolean isPrinted,
      PrintFormat format,
      List<AssemblyOperand> arguments,
      OptionalInt destination)
      implements AssemblyStep {
    /** Copies the list. */
    public Format {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code destination} = address of so many bytes that only this block has. */
  record Allocate(int destination, int bytes) implements AssemblyStep {}

  /** Ends the session once the handler is done. */
  record EndSession() implements AssemblyStep {}

  /** Ends the handler. */
  record EndHandler() implements AssemblyStep {}

  /** Tells of an error whose message is at an address. */
  record Error(ErrorStep way, AssemblyOperand message) implements AssemblyStep {}

  /** The registers that it reads. */
  default List<Integer> read() {
    return switch (this) {
      case Compute(Operation operation, var _, int destination, AssemblyOperand source) ->
          operation == Operation.MOVE
              ? registers(List.of(source))
              : joined(destination, registers(List.of(source)));
      case ByteOrder order -> List.of(order.register());
      case Load load -> List.of(load.base());
      case Store store -> joined(store.base(), registers(List.of(store.value())));
      case Atomic atomic -> List.of(atomic.base(), atomic.value());
      case JumpIf jump -> joined(jump.left(), registers(List.of(jump.right())));
      case Call call -> registers(call.arguments());
      case Format format -> registers(format.arguments());
      case Error error -> registers(List.of(error.message()));
      case Jump _, Allocate _, EndSession _, EndHandler _ -> List.of();
    };
  }

  /** The register that it assigns, besides those that calls do. */
  default Optional<Integer> assigned() {
    return switch (this) {
      case Compute compute -> Optional.of(compute.destination());
      case ByteOrder order -> Optional.of(order.register());
      case Load load -> Optional.of(load.destination());
      case Atomic atomic -> atomic.isFetched() ? Optional.of(atomic.value()) : Optional.empty();
      case Call call -> boxed(call.destination());
      case Format format -> boxed(format.destination());
      case Allocate allocate -> Optional.of(allocate.destination());
      case Store _, Jump _, JumpIf _, EndSession _, EndHandler _, Error _ -> Optional.empty();
    };
  }

  /** Whether it destroys R1 to R5. */
  default boolean isCall() {
    return this instanceof Call || this instanceof Format || this instanceof EndSession;
  }

  /** The steps that may follow the one at a place. */
  default List<Integer> successors(int place) {
    return switch (this) {
      case Jump(int target) -> List.of(target);
      case JumpIf jump -> List.of(place + 1, jump.target());
      case EndHandler() -> List.of();
      default -> List.of(place + 1);
    };
  }

  private static Optional<Integer> boxed(OptionalInt register) {
    return register.isPresent() ? Optional.of(register.getAsInt()) : Optional.empty();
  }

  private static List<Integer> registers(List<AssemblyOperand> operands) {
    List<Integer> registers = new ArrayList<>();
    for (AssemblyOperand operand : operands) {
      if (operand instanceof InRegister(int register)) {
        registers.add(register);
      }
    }
    return registers;
  }

  private static List<Integer> joined(int first, List<Integer> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }
}
