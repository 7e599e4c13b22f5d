package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in the order of the code each virtual register holds a value: in each block from its first
 * mention, or the block's start, to its last mention, or the block's end.
 *
 * <p>Step number {@code i} reads at position {@code 2i} and assigns at {@code 2i + 1}: two
 * registers of which one is last read where the other is assigned can share a place.
 */
final class Intervals {
  private static final int NONE = -1;

  /** A stretch of positions, both inclusive. */
  record Range(int start, int end) {}

  private final List<List<Range>> ranges = new ArrayList<>();
  private final BitSet crossesCall = new BitSet();
  private final int[] hintRegisters;
  private final int[] hintVirtuals;

  private Intervals(int virtuals) {
    hintRegisters = new int[virtuals];
    hintVirtuals = new int[virtuals];
    for (int i = 0; i < virtuals; i++) {
      ranges.add(new ArrayList<>(1));
    }
    Arrays.fill(hintRegisters, NONE);
    Arrays.fill(hintVirtuals, NONE);
  }

  /** Measures them. */
  static Intervals of(Flow flow) {
    Liveness liveness = Liveness.of(flow);
    Intervals intervals = new Intervals(flow.virtuals());
    int step = 0;
    for (int i = 0; i < flow.blocks().size(); i++) {
      Block block = flow.blocks().get(i);
      intervals.addBlock(block, step, liveness.atStart(i), liveness.atEnd(i));
      intervals.findCrossings(block, liveness.atEnd(i));
      step += block.lines().size() + 1;
    }
    return intervals;
  }

  private void addBlock(Block block, int firstStep, BitSet atStart, BitSet atEnd) {
    Map<Integer, Range> here = new HashMap<>();
    atStart.stream().forEach(number -> extend(here, number, 2 * firstStep));
    int step = firstStep;
    for (Line line : block.lines()) {
      add(line.step(), step, here);
      step++;
    }
    int end = 2 * step;
    block.end().read().forEach(virtual -> extend(here, virtual.number(), end));
    atEnd.stream().forEach(number -> extend(here, number, end + 1));
    here.forEach(
        (number, range) -> {
          List<Range> all = ranges.get(number);
          if (!all.isEmpty() && all.getLast().end() + 1 == range.start()) {
            all.set(all.size() - 1, new Range(all.getLast().start(), range.end()));
          } else {
            all.add(range);
          }
        });
  }

  private static void extend(Map<Integer, Range> here, int number, int position) {
    here.merge(
        number,
        new Range(position, position),
        (a, b) -> new Range(Math.min(a.start(), b.start()), Math.max(a.end(), b.end())));
  }

  private void add(Step step, int number, Map<Integer, Range> here) {
    step.read().forEach(virtual -> extend(here, virtual.number(), 2 * number));
    step.assigned().ifPresent(virtual -> extend(here, virtual.number(), 2 * number + 1));
    switch (step) {
      case Step.Compute(var operation, var _, Virtual destination, Operand left, Operand right) -> {
        // The left operand is moved to the destination first: the right one must not lie there.
        if (!Folding.isCommutative(operation) && right instanceof Virtual virtual) {
          extend(here, virtual.number(), 2 * number + 1);
        }
        hint(destination, left);
      }
      case Step.Copy(Virtual destination, Operand source) -> hint(destination, source);
      case Step.Atomic(
              var _,
              var _,
              Address.Behind(Virtual pointer, int _),
              Operand value,
              var result) -> {
        // The old value comes back in the register of the operand: the address must not lie there.
        result.ifPresent(
            old -> {
              extend(here, pointer.number(), 2 * number + 1);
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
      case Step.Context(Virtual destination) ->
          hintRegisters[destination.number()] = Register.R1.number();
      case Step.Load _, Step.Store _, Step.StackAddress _, Step.MapValue _ -> {}
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

  private void findCrossings(Block block, BitSet live) {
    block.end().read().forEach(virtual -> live.set(virtual.number()));
    for (Line line : block.lines().reversed()) {
      line.step().assigned().ifPresent(virtual -> live.clear(virtual.number()));
      if (line.step() instanceof Step.Call) {
        crossesCall.or(live);
      }
      line.step().read().forEach(virtual -> live.set(virtual.number()));
    }
  }

  /** Virtual registers that are mentioned at all, by where they begin. */
  int[] byStart() {
    return java.util.stream.IntStream.range(0, ranges.size())
        .filter(number -> !ranges.get(number).isEmpty())
        .boxed()
        .sorted(java.util.Comparator.comparingInt(number -> ranges.get(number).getFirst().start()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Where it holds a value, ascending, at least one. */
  List<Range> ranges(int number) {
    return ranges.get(number);
  }

  /** Last position. */
  int end(int number) {
    return ranges.get(number).getLast().end();
  }

  /** Whether it must outlive a call, which destroys R0 to R5. */
  boolean crossesCall(int number) {
    return crossesCall.get(number);
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
