package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** How a block ends. */
public sealed interface Terminator {
  /** Goes to a block. */
  record Jump(int target) implements Terminator {}

  /** Goes to one of two blocks by a comparison of 64 bits, or of the low 32 (5.1). */
  record Branch(
      Comparison comparison, boolean is64Bit, Operand left, Operand right, int ifTrue, int ifFalse)
      implements Terminator {
    /** The same of other operands. */
    Branch withOperands(Operand otherLeft, Operand otherRight) {
      return new Branch(comparison, is64Bit, otherLeft, otherRight, ifTrue, ifFalse);
    }
  }

  /**
   * At the head of a loop whose end the kernel sees to: goes on with the turn, or, when the kernel
   * has had enough of it, out.
   */
  record Turn(int next, int exhausted) implements Terminator {}

  /**
   * Ends a handler: what its turns do is in a function of its own, see {@link TurnFunctions}.
   *
   * @param element the element of {@link Scratch} that the handler has
   * @param entries the blocks that the function begins with; none once it is apart
   */
  record Turns(Virtual element, List<Integer> entries) implements Terminator {
    /** Copies the list. */
    public Turns {
      entries = List.copyOf(entries);
    }
  }

  /** Ends the program, or the function. */
  record Return(Operand result) implements Terminator {
    /** Of what gives nothing, or the same always. */
    Return(int result) {
      this(new Operand.Constant(result));
    }
  }

  /** The blocks that may follow. */
  default List<Integer> successors() {
    return switch (this) {
      case Jump(int target) -> List.of(target);
      case Branch branch -> List.of(branch.ifTrue(), branch.ifFalse());
      case Turn turn -> List.of(turn.next(), turn.exhausted());
      case Turns turns -> turns.entries();
      case Return _ -> List.of();
    };
  }

  /** The registers that it reads. */
  default List<Virtual> read() {
    return switch (this) {
      case Branch(var _, var _, Virtual left, Virtual right, int _, int _) -> List.of(left, right);
      case Branch(var _, var _, Virtual left, Operand _, int _, int _) -> List.of(left);
      case Branch(var _, var _, Operand _, Virtual right, int _, int _) -> List.of(right);
      case Turns turns -> List.of(turns.element());
      case Return(Virtual result) -> List.of(result);
      case Branch _, Jump _, Turn _, Return _ -> List.of();
    };
  }

  /** The same of other operands. */
  default Terminator withOperands(UnaryOperator<Operand> others) {
    return switch (this) {
      case Branch branch ->
          branch.withOperands(others.apply(branch.left()), others.apply(branch.right()));
      case Return(Operand result) -> new Return(others.apply(result));
      case Jump _, Turn _, Turns _ -> this;
    };
  }

  /** The same with other block numbers. */
  default Terminator renumbered(IntUnaryOperator numbers) {
    return switch (this) {
      case Jump(int target) -> new Jump(numbers.applyAsInt(target));
      case Branch(
              Comparison comparison,
              boolean is64Bit,
              Operand left,
              Operand right,
              int ifTrue,
              int ifFalse) ->
          new Branch(
              comparison,
              is64Bit,
              left,
              right,
              numbers.applyAsInt(ifTrue),
              numbers.applyAsInt(ifFalse));
      case Turn(int next, int exhausted) ->
          new Turn(numbers.applyAsInt(next), numbers.applyAsInt(exhausted));
      case Turns(Virtual element, List<Integer> entries) ->
          new Turns(element, entries.stream().map(numbers::applyAsInt).toList());
      case Return same -> same;
    };
  }
}
