package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Builds the control flow graph of one handler, a step at a time. Block 0 is kept free for the
 * prologue, which is known last.
 */
public final class CodeBuilder {
  private static final class OpenBlock {
    final List<Line> lines = new ArrayList<>();
    final boolean isRare;
    final long turns;
    Optional<Terminator> end = Optional.empty();
    Span endSpan;

    OpenBlock(boolean isRare, long turns, Span span) {
      this.turns = turns;
      this.isRare = isRare;
      this.endSpan = span;
    }
  }

  private final int plainResult;
  private final List<OpenBlock> blocks = new ArrayList<>();

  /** Of registers that are assigned once. */
  private final Map<Virtual, Long> bounds = new HashMap<>();

  private int current;
  private int virtuals;
  private int steps;
  private long turns = 1;
  private Span span;

  /**
   * A program without steps.
   *
   * @param plainResult what it gives the kernel wherever it does not say
   */
  public CodeBuilder(Span span, int plainResult) {
    this.plainResult = plainResult;
    this.span = span;
    newBlock();
    start(newBlock());
  }

  /** The source of the steps that follow. */
  public Span span() {
    return span;
  }

  /** Sets the source of the steps that follow. */
  public void at(Span source) {
    span = source;
  }

  /** The number of steps so far. */
  public int steps() {
    return steps;
  }

  /** A new, empty block. */
  public int newBlock() {
    blocks.add(new OpenBlock(false, turns, span));
    return blocks.size() - 1;
  }

  /** A new, empty block for what seldom happens. */
  public int newRareBlock() {
    blocks.add(new OpenBlock(true, turns, span));
    return blocks.size() - 1;
  }

  /** Steps that follow go to that block. */
  public void start(int block) {
    current = block;
  }

  /** The block that steps go to. */
  public int here() {
    return current;
  }

  /** A new virtual register. */
  public Virtual fresh() {
    return new Virtual(virtuals++);
  }

  /** Appends a step. */
  public void add(Step step) {
    if (blocks.get(current).end.isPresent()) {
      // Behind a jump: nothing gets here, and the block will be left out.
      start(newBlock());
    }
    blocks.get(current).lines.add(new Line(step, span));
    steps++;
  }

  /** Puts a step before all others of a block. */
  public void addFirst(int block, Step step) {
    blocks.get(block).lines.addFirst(new Line(step, span));
    steps++;
  }

  private void end(Terminator terminator) {
    OpenBlock block = blocks.get(current);
    if (block.end.isEmpty()) {
      block.end = Optional.of(terminator);
      block.endSpan = span;
      steps++;
    }
  }

  /** Goes to a block. */
  public void jump(int target) {
    end(new Terminator.Jump(target));
  }

  /** At the head of a loop: goes on with the turn, or out. */
  public void turn(int next, int exhausted) {
    end(new Terminator.Turn(next, exhausted));
  }

  /** Leaves what follows to a function of its own. */
  public void turns(Virtual element, List<Integer> entries) {
    end(new Terminator.Turns(element, entries));
  }

  /** Writes what runs so many times more often than what is around it. */
  public void repeated(long times, Runnable work) {
    long outer = turns;
    turns =
        Math.multiplyExact(Math.min(turns, Integer.MAX_VALUE), Math.min(times, Integer.MAX_VALUE));
    work.run();
    turns = outer;
  }

  /** Puts a step at the end of every block that ends the program, but for some. */
  public void beforeReturns(Step step, Set<Integer> exceptions) {
    for (int i = 0; i < blocks.size(); i++) {
      OpenBlock block = blocks.get(i);
      boolean isEnd = block.end.isEmpty() || block.end.get() instanceof Terminator.Return;
      if (isEnd && !exceptions.contains(i)) {
        block.lines.add(new Line(step, block.endSpan));
        steps++;
      }
    }
  }

  /** Goes to one of two blocks. */
  public void branch(Comparison comparison, Operand left, Operand right, int ifTrue, int ifFalse) {
    end(new Terminator.Branch(comparison, true, left, right, ifTrue, ifFalse));
  }

  /** Goes to one of two blocks, by the low 32 bits (5.1). */
  public void branch32(
      Comparison comparison, Operand left, Operand right, int ifTrue, int ifFalse) {
    end(new Terminator.Branch(comparison, false, left, right, ifTrue, ifFalse));
  }

  /** Ends the program. */
  public void end() {
    end(new Terminator.Return(plainResult));
  }

  /** Ends the program, which gives the kernel a result. */
  public void end(Operand result) {
    end(new Terminator.Return(result));
  }

  /** {@code destination = source}. */
  public void copy(Virtual destination, Operand source) {
    add(new Step.Copy(destination, source));
  }

  /** {@code left operation right}, in 64 bits. */
  public Operand compute(Operation operation, Operand left, Operand right) {
    if (left instanceof Constant(long a) && right instanceof Constant(long b)) {
      OptionalLong folded = Folding.compute(operation, true, a, b);
      if (folded.isPresent()) {
        return new Constant(folded.getAsLong());
      }
    }
    Virtual result = fresh();
    add(new Step.Compute(operation, true, result, left, right));
    most(operation, left, right).ifPresent(bound -> bounds.put(result, bound));
    return result;
  }

  /** What a number is at most, where the steps before tell that it is not negative either. */
  public OptionalLong most(Operand operand) {
    return switch (operand) {
      case Constant(long value) -> value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
      case Virtual virtual ->
          bounds.containsKey(virtual)
              ? OptionalLong.of(bounds.getOrDefault(virtual, 0L))
              : OptionalLong.empty();
    };
  }

  private OptionalLong most(Operation operation, Operand left, Operand right) {
    OptionalLong leftMost = most(left);
    OptionalLong rightMost = most(right);
    return switch (operation) {
      case AND ->
          leftMost.isPresent() && rightMost.isPresent()
              ? OptionalLong.of(Math.min(leftMost.getAsLong(), rightMost.getAsLong()))
              : leftMost.isPresent() ? leftMost : rightMost;
      case SHIFT_RIGHT_UNSIGNED ->
          right instanceof Constant(long bits) && bits > 0 && bits < Long.SIZE
              ? OptionalLong.of(leftMost.orElse(-1) >>> bits)
              : OptionalLong.empty();
      default -> OptionalLong.empty();
    };
  }

  /** The low 32 bits, zero-extended. */
  public Operand low32(Operand value) {
    Virtual result = fresh();
    add(new Step.Compute(Operation.MOVE, false, result, new Constant(0), value));
    bounds.put(result, (1L << Integer.SIZE) - 1);
    return result;
  }

  /** Reads memory, zero-extended. */
  public Virtual load(Size size, Address address) {
    Virtual result = fresh();
    add(new Step.Load(size, result, address));
    if (size != Size.DOUBLE) {
      bounds.put(result, (1L << (size.bytes() * Byte.SIZE)) - 1);
    }
    return result;
  }

  /** Writes memory. */
  public void store(Size size, Address address, Operand value) {
    add(new Step.Store(size, address, value));
  }

  /** Adds to 8 bytes of memory, atomically. */
  public void atomicAdd(Address.Behind address, Operand value) {
    atomic(AtomicOperation.ADD, address, value);
  }

  /** Changes 8 bytes of memory, atomically, by an operation that gives nothing. */
  public void atomic(AtomicOperation operation, Address.Behind address, Operand value) {
    add(new Step.Atomic(operation, address, value, Optional.empty()));
  }

  /** Changes 8 bytes of memory, atomically, and gives the old value. */
  public Virtual fetch(AtomicOperation operation, Address.Behind address, Operand value) {
    Virtual result = fresh();
    add(new Step.Atomic(operation, address, value, Optional.of(result)));
    return result;
  }

  /** Calls a helper for its result. */
  public Virtual call(Helper helper, Argument... arguments) {
    Virtual result = fresh();
    add(new Step.Call(helper, List.of(arguments), Optional.of(result)));
    return result;
  }

  /**
   * The finished graph.
   *
   * @param stackBytes used bytes of the frame
   * @param scratch what the handler has outside of it
   */
  public Flow build(int stackBytes, ScratchUse scratch) {
    return new Flow(
        blocks.stream()
            .map(
                block ->
                    new Block(
                        block.lines,
                        block.end.orElse(new Terminator.Return(plainResult)),
                        block.endSpan,
                        block.turns,
                        block.isRare))
            .toList(),
        virtuals,
        stackBytes,
        scratch);
  }
}
