package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.bpf.code.InstructionSelector.Selection;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions that call the function of a turn ({@link TurnFunctions}) as long as it says that
 * there is more: they do nothing but count, and stand inside one another, so that the few hundred
 * turns of each, which the verifier goes through, make millions.
 *
 * <pre>
 *   handler   calls the first round with the number of its element of Scratch
 *   round 1   calls round 2 so many times, as long as it is told to; then ends what has had too many turns
 *   round 2   calls round 3 in the same way
 *   round 3   calls turn in the same way
 *   turn
 * </pre>
 */
public final class TurnRounds {
  /** Where {@link Terminator.Turns} calls to, until the parts are put together. */
  static final int FIRST = 0;

  private static final int COUNT = 3;

  /** Calls that each makes: 8 million turns together, as many as kernels give may_goto. */
  private static final int CALLS = 200;

  /** Stack is counted in units of so many bytes, at least one for each function. */
  private static final int STACK_UNIT = 32;

  /** Instructions of a round, and how many more the first has. */
  private static final int LENGTH = 10;

  private static final int LENGTH_OF_END = 3;

  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();

  private TurnRounds() {}

  /** Puts a handler together. */
  public static Selection linked(Selection prologue, Selection turn) {
    TurnRounds rounds = new TurnRounds();
    rounds.add(prologue);
    for (int i = 0; i < prologue.instructions().size(); i++) {
      if (prologue.instructions().get(i) instanceof Instruction.CallFunction) {
        rounds.instructions.set(i, new Instruction.CallFunction(prologue.instructions().size()));
      }
    }
    Span span = prologue.spans().getFirst();
    int innermost = rounds.instructions.size() + LENGTH * COUNT + LENGTH_OF_END;
    rounds.round(span, true, innermost);
    for (int i = 1; i < COUNT; i++) {
      rounds.round(span, false, innermost);
    }
    rounds.add(turn);
    return new Selection(rounds.instructions, rounds.spans);
  }

  private void round(Span span, boolean isFirst, int innermost) {
    int start = instructions.size();
    int again = start + 2;
    int more = start + 6;
    int next = start + LENGTH + (isFirst ? LENGTH_OF_END : 0);
    List<Instruction> round = new ArrayList<>();
    round.add(move(Register.R6, new Source.InRegister(Register.R1)));
    round.add(move(Register.R7, new Source.Immediate(CALLS)));
    round.add(move(Register.R1, new Source.InRegister(Register.R6)));
    round.add(new Instruction.CallFunction(next));
    // The way out stands first: the verifier is done with it before it goes on.
    round.add(jump(Comparison.NOT_EQUAL, Register.R0, more));
    round.add(new Instruction.Exit());
    round.add(arithmetic(Operation.SUBTRACT, Register.R7, new Source.Immediate(1)));
    round.add(jump(Comparison.NOT_EQUAL, Register.R7, again));
    if (isFirst) {
      round.add(move(Register.R1, new Source.InRegister(Register.R6)));
      round.add(
          arithmetic(Operation.ADD, Register.R1, new Source.Immediate(TurnFunctions.EXHAUSTED)));
      round.add(new Instruction.CallFunction(innermost));
    }
    round.add(move(Register.R0, new Source.Immediate(isFirst ? 0 : 1)));
    round.add(new Instruction.Exit());
    round.forEach(
        instruction -> {
          instructions.add(instruction);
          spans.add(span);
        });
  }

  private static Instruction move(Register destination, Source source) {
    return arithmetic(Operation.MOVE, destination, source);
  }

  private static Instruction arithmetic(Operation operation, Register destination, Source source) {
    return new Instruction.Arithmetic(operation, true, destination, source);
  }

  private static Instruction jump(Comparison comparison, Register left, int target) {
    return new Instruction.JumpIf(comparison, true, left, new Source.Immediate(0), target);
  }

  private void add(Selection part) {
    int start = instructions.size();
    for (Instruction instruction : part.instructions()) {
      instructions.add(
          LongJumps.target(instruction) < 0
              ? instruction
              : LongJumps.withTarget(instruction, LongJumps.target(instruction) + start));
    }
    spans.addAll(part.spans());
  }

  /** Bytes of stack that the kernel counts for all functions of a handler. */
  public static int stackBytes(int prologue, int turn) {
    return counted(prologue) + COUNT * STACK_UNIT + counted(turn);
  }

  private static int counted(int bytes) {
    return Math.max(1, (bytes + STACK_UNIT - 1) / STACK_UNIT) * STACK_UNIT;
  }
}
