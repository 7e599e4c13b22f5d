package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyOperand.InRegister;
import dev.tapwright.compiler.assembler.AssemblyOperand.Number;
import dev.tapwright.compiler.assembler.AssemblyStep.Allocate;
import dev.tapwright.compiler.assembler.AssemblyStep.Compute;
import dev.tapwright.compiler.assembler.AssemblyStep.Operation;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.EmbeddedCode;
import java.util.List;

/**
 * A block of assembler. Registers are numbered: 0 to 10 are those of BPF, of which 10 is the end of
 * {@link #STACK_BYTES} that only this block has; then {@link #RESULT}, {@link #CONTEXT}, one for
 * each parameter in order, and one for each other name.
 *
 * @param steps what it does; a jump names a place in this list, or the one behind it
 * @param spans where each stands
 * @param names of the registers from {@link #RESULT} on
 * @param parameters how many of them are parameters
 */
public record Assembly(
    List<AssemblyStep> steps, List<Span> spans, List<String> names, int parameters) {
  /** The register of the frame's end. */
  public static final int FRAME = 10;

  /** The register of {@code $$}. */
  public static final int RESULT = 11;

  /** The register of {@code $ctx}. */
  public static final int CONTEXT = 12;

  /** The register of the first parameter. */
  public static final int PARAMETERS = 13;

  /** Bytes before what {@code r10} says. */
  public static final int STACK_BYTES = 512;

  /** Bytes of a string, with the NUL, where all strings are on the stack: what stapbpf has. */
  public static final int STACK_STRING = 64;

  /** Copies the lists. */
  public Assembly {
    steps = List.copyOf(steps);
    spans = List.copyOf(spans);
    names = List.copyOf(names);
  }

  /** Whether embedded code says that it is assembler. */
  public static boolean isIn(EmbeddedCode code) {
    return code.code().contains("/* bpf */") || isForUserSpace(code);
  }

  /** Whether embedded code says that it is for handlers that run in user space only. */
  public static boolean isForUserSpace(EmbeddedCode code) {
    return code.code().contains("/* userspace */");
  }

  /** Number of registers. */
  public int registers() {
    return RESULT + names.size();
  }

  /** Whether a step is gone to from behind it. */
  public boolean isLoopHead(int step) {
    for (int i = step; i < steps.size(); i++) {
      if (steps.get(i).successors(i).contains(step)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it has loops. */
  public boolean hasLoops() {
    for (int i = 0; i < steps.size(); i++) {
      int place = i;
      if (steps.get(i).successors(i).stream().anyMatch(next -> next <= place)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a register is mentioned. */
  public boolean mentions(int register) {
    return steps.stream()
        .anyMatch(
            step ->
                step.read().contains(register)
                    || step.assigned().filter(assigned -> assigned == register).isPresent());
  }

  /** Bytes below {@code r10} that are used as far as can be seen: no less than are. */
  public int stackBytes() {
    if (!mentions(FRAME)) {
      return 0;
    }
    int lowest = 0;
    for (AssemblyStep step : steps) {
      lowest =
          Math.min(
              lowest,
              switch (step) {
                case Compute(var operation, var _, var _, Number(long value))
                    when operation == Operation.ADD && value < 0 && value >= -STACK_BYTES ->
                    (int) value;
                case Compute(var operation, var _, var _, Number(long value))
                    when operation == Operation.SUBTRACT && value > 0 && value <= STACK_BYTES ->
                    (int) -value;
                case Compute(var operation, var _, var _, InRegister _)
                    when operation == Operation.ADD || operation == Operation.SUBTRACT ->
                    -STACK_BYTES;
                case AssemblyStep.Load load -> load.offset();
                case AssemblyStep.Store store -> store.offset();
                case AssemblyStep.Atomic atomic -> atomic.offset();
                default -> 0;
              });
    }
    return Math.min(STACK_BYTES, -lowest);
  }

  /** Bytes that its string may need, with the NUL; {@code otherwise} where that is not known. */
  public int resultCapacity(int otherwise) {
    int capacity = 1;
    for (AssemblyStep step : steps) {
      if (step.assigned().filter(register -> register == RESULT).isPresent()) {
        capacity =
            Math.max(
                capacity,
                step instanceof Compute(var operation, var _, var _, AssemblyOperand source)
                        && operation == Operation.MOVE
                    ? capacity(source, otherwise)
                    : otherwise);
      }
    }
    return Math.min(capacity, otherwise);
  }

  private int capacity(AssemblyOperand source, int otherwise) {
    return switch (source) {
      case AssemblyOperand.Text(String bytes) -> bytes.length() + 1;
      case InRegister(int register) -> {
        List<AssemblyStep> assigning =
            steps.stream()
                .filter(step -> step.assigned().filter(other -> other == register).isPresent())
                .toList();
        yield register >= PARAMETERS
                && assigning.size() == 1
                && assigning.getFirst() instanceof Allocate(int _, int bytes)
            ? bytes + 1
            : otherwise;
      }
      case Number _ -> otherwise;
    };
  }
}
