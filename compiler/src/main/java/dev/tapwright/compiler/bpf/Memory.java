package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.syntax.Span;
import java.util.Optional;

/** Where a handler has its strings, keys and records: what is small on the stack. */
final class Memory {
  /** Bytes of what stands on the stack at most. */
  private static final int SMALL = 64;

  /** Stack that is left to registers that find no room. */
  private static final int STACK = Frame.LIMIT / 2;

  private final CodeBuilder code;
  private final boolean hasLoops;
  final Frame frame = new Frame();
  final Scratch scratch;
  private Optional<Use> largest = Optional.empty();
  private Span place;

  /**
   * Nothing in use yet.
   *
   * @param hasLoops whether the handler has loops: then the stack has nothing but registers that
   *     found no room, so that the verifier finds it the same on every way through a turn
   */
  Memory(CodeBuilder code, Scratch scratch, boolean hasLoops) {
    this.hasLoops = hasLoops;
    this.code = code;
    place = code.span();
    this.scratch = scratch;
  }

  /** Bytes of the stack that something in the script takes. */
  record Use(Span span, int bytes) {}

  /** What is in use. */
  record Mark(int frame, int scratch) {}

  /** A place of so many bytes, rounded up to 8. */
  Address allocate(int bytes) {
    boolean isSmall = bytes <= SMALL && frame.mark() + bytes <= STACK && !hasLoops;
    return isSmall || !scratch.isAvailable() ? onStack(bytes) : scratch.allocate(bytes);
  }

  /** A place of so many bytes on the stack, whatever room there is. */
  Address.Stack onStack(int bytes) {
    if (largest.isEmpty() || bytes > largest.get().bytes()) {
      largest = Optional.of(new Use(place, bytes));
    }
    return frame.allocate(bytes);
  }

  /** What follows is of the statement there. */
  void at(Span statement) {
    place = statement;
  }

  /** What takes most of the stack, if anything does. */
  Optional<Use> largest() {
    return largest;
  }

  /** What is in use now, for {@link #release}. */
  Mark mark() {
    return new Mark(frame.mark(), scratch.mark());
  }

  /** Gives back what was allocated since the mark was taken. */
  void release(Mark mark) {
    frame.release(mark.frame());
    scratch.release(mark.scratch());
  }

  /** An address as the argument of a helper. */
  Argument argument(Address address) {
    return switch (address) {
      case Address.Stack(int offset) -> new Argument.StackAddress(offset);
      case Address.Behind(var pointer, int offset) ->
          new Argument.Value(
              offset == 0 ? pointer : code.compute(Operation.ADD, pointer, new Constant(offset)));
    };
  }
}
