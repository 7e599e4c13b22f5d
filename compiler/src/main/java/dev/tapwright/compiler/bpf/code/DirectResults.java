package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes a value where it is wanted: {@code t = a + b; x = t} becomes {@code x = a + b}. */
final class DirectResults {
  /** How far back a value may have been computed: keeps the pass linear. */
  private static final int WINDOW = 16;

  private DirectResults() {}

  /** Runs the pass. */
  static Flow run(Flow flow) {
    int[] mentions = new int[flow.virtuals()];
    for (Block block : flow.blocks()) {
      for (Line line : block.lines()) {
        line.step().assigned().ifPresent(virtual -> mentions[virtual.number()]++);
        line.step().read().forEach(virtual -> mentions[virtual.number()]++);
      }
      block.end().read().forEach(virtual -> mentions[virtual.number()]++);
    }
    return flow.withBlocks(flow.blocks().stream().map(block -> block(block, mentions)).toList());
  }

  private static Block block(Block block, int[] mentions) {
    List<Line> lines = new ArrayList<>(block.lines());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).step() instanceof Step.Copy(Virtual wanted, Virtual temporary)
          && mentions[temporary.number()] == 2) {
        move(lines, i, wanted, temporary);
      }
    }
    return block.withLines(lines);
  }

  private static void move(List<Line> lines, int copy, Virtual wanted, Virtual temporary) {
    for (int i = copy - 1; i >= Math.max(0, copy - WINDOW); i--) {
      int definition = i;
      Step step = lines.get(i).step();
      if (step.assigned().filter(temporary::equals).isPresent()) {
        retargeted(step, wanted)
            .ifPresent(
                direct -> {
                  lines.set(definition, new Line(direct, lines.get(definition).span()));
                  // Left for DeadSteps, which takes out copies of a register to itself.
                  lines.set(copy, new Line(new Step.Copy(wanted, wanted), lines.get(copy).span()));
                });
        return;
      }
      boolean isTouched =
          step.assigned().filter(wanted::equals).isPresent() || step.read().contains(wanted);
      if (isTouched) {
        return;
      }
    }
  }

  private static Optional<Step> retargeted(Step step, Virtual wanted) {
    return switch (step) {
      case Step.Copy(Virtual _, Operand source) -> Optional.of(new Step.Copy(wanted, source));
      case Step.Compute(var operation, boolean is64Bit, Virtual _, Operand left, Operand right) ->
          Optional.of(new Step.Compute(operation, is64Bit, wanted, left, right));
      case Step.StackAddress(Virtual _, int offset) ->
          Optional.of(new Step.StackAddress(wanted, offset));
      case Step.MapValue(Virtual _, int map, int offset) ->
          Optional.of(new Step.MapValue(wanted, map, offset));
      case Step.Load(var size, Virtual _, Address address) ->
          Optional.of(new Step.Load(size, wanted, address));
      case Step.Call(var helper, var arguments, var _) ->
          Optional.of(new Step.Call(helper, arguments, Optional.of(wanted)));
      case Step.Context _, Step.Store _, Step.Atomic _ -> Optional.empty();
    };
  }
}
