package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.Block.Line;
import dev.tapwright.compiler.bpf.Operand.Virtual;
import dev.tapwright.compiler.bpf.Step.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From where to where in the order of the code each virtual register holds a value.
 *
 * <p>Step number {@code i} reads at position {@code 2i} and assigns at {@code 2i + 1}: two registers of which one is last
 * read where the other is assigned can share a place.
 */
final class Intervals {
  private static final int NONE = -1;

  private final int[] starts;
  private final int[] ends;
  private final boolean[] crossesCall;
  private final int[] hintRegisters;
  private final int[] hintVirtuals;

  private Intervals(int virtuals) {
    starts = new int[virtuals];
    ends = new int[virtuals];
    crossesCall = new boolean[virtuals];
    hintRegisters = new int[virtuals];
    hintVirtuals = new int[virtuals];
    Arrays.fill(starts, Integer.MAX_VALUE);
    Arrays.fill(ends, NONE);
    Arrays.fill(hintRegisters, NONE);
    Arrays.fill(hintVirtuals, NONE);
  }

  /** Measures them. */
  static Intervals of(Flow flow) {
    Liveness liveness = Liveness.of(flow);
    Intervals intervals = new Intervals(flow.virtuals());
    List<Integer> calls = new ArrayList<>();
    int step = 0;
    for (int i = 0; i < flow.blocks().size(); i++) {
      Block block = flow.blocks().get(i);
      int start = 2 * step;
      liveness.atStart(i).stream().forEach(number -> intervals.extend(number, start));
      for (Line line : block.lines()) {
        intervals.add(line.step(), step);
        if (line.step() instanceof Step.Call) {
          calls.add(2 * step);
        }
        step++;
      }
      int end = 2 * step;
      block.end().read().forEach(virtual -> intervals.extend(virtual.number(), end));
      liveness.atEnd(i).stream().forEach(number -> intervals.extend(number, end + 1));
      step++;
    }
    intervals.findCrossings(calls);
    return intervals;
  }

  private void add(Step step, int number) {
    step.read().forEach(virtual -> extend(virtual.number(), 2 * number));
    step.assigned().ifPresent(virtual -> extend(virtual.number(), 2 * number + 1));
    switch (step) {
      case Step.Compute(var operation, var _, Virtual destination, Operand left, Operand right) -> {
        // The left operand is moved to the destination first: the right one must not lie there.
        if (!Folding.isCommutative(operation) && right instanceof Virtual virtual) {
          extend(virtual.number(), 2 * number + 1);
        }
        hint(destination, left);
      }
      case Step.Copy(Virtual destination, Operand source) -> hint(destination, source);
      case Step.Atomic(var _, Address.Behind(Virtual pointer, int _), Operand value, var result) -> {
        // The old value comes back in the register of the operand: the address must not lie there.
        result.ifPresent(
            old -> {
              extend(pointer.number(), 2 * number + 1);
              hint(old, value);
            });
      }
      case Step.Call(var _, List<Argument> arguments, var result) -> {
        result.ifPresent(virtual -> hintRegisters[virtual.number()] = Register.R0.number());
        for (int i = 0; i < arguments.size(); i++) {
          if (arguments.get(i) instanceof Argument.Value(Virtual virtual)) {
            hintRegisters[virtual.number()] = Register.R1.number() + i;
          }
        }
      }
      case Step.Context(Virtual destination) -> hintRegisters[destination.number()] = Register.R1.number();
      case Step.Load _, Step.Store _, Step.MapValue _ -> {}
    }
  }

  private void hint(Virtual destination, Operand source) {
    if (source instanceof Virtual virtual) {
      hintVirtuals[destination.number()] = virtual.number();
      if (hintVirtuals[virtual.number()] == NONE) {
        hintVirtuals[virtual.number()] = destination.number();
      }
    }
  }

  private void extend(int number, int position) {
    starts[number] = Math.min(starts[number], position);
    ends[number] = Math.max(ends[number], position);
  }

  private void findCrossings(List<Integer> calls) {
    int[] positions = calls.stream().mapToInt(Integer::intValue).toArray();
    for (int number = 0; number < starts.length; number++) {
      int found = Arrays.binarySearch(positions, starts[number] + 1);
      int first = found >= 0 ? found : -found - 1;
      crossesCall[number] = first < positions.length && positions[first] < ends[number];
    }
  }

  /** Virtual registers that are mentioned at all, by where they begin. */
  int[] byStart() {
    return java.util.stream.IntStream.range(0, starts.length)
        .filter(number -> ends[number] != NONE)
        .boxed()
        .sorted(java.util.Comparator.comparingInt(number -> starts[number]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** First position. */
  int start(int number) {
    return starts[number];
  }

  /** Last position. */
  int end(int number) {
    return ends[number];
  }

  /** Whether it must outlive a call, which destroys R0 to R5. */
  boolean crossesCall(int number) {
    return crossesCall[number];
  }

  /** The number of the register it should best have, or -1. */
  int hintRegister(int number) {
    return hintRegisters[number];
  }

  /** Another virtual register whose place it should best share, or -1. */
  int hintVirtual(int number) {
    return hintVirtuals[number];
  }
}
