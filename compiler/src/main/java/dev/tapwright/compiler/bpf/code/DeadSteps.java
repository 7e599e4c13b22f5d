package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Leaves out steps whose only effect is a value that nobody reads. */
final class DeadSteps {
  private DeadSteps() {}

  /** Runs the pass. */
  static Flow run(Flow flow) {
    Liveness liveness = Liveness.of(flow);
    List<Block> blocks = new ArrayList<>(flow.blocks().size());
    for (int i = 0; i < flow.blocks().size(); i++) {
      blocks.add(block(flow.blocks().get(i), liveness.atEnd(i)));
    }
    return flow.withBlocks(blocks);
  }

  private static Block block(Block block, BitSet live) {
    block.end().read().forEach(virtual -> live.set(virtual.number()));
    List<Line> kept = new ArrayList<>(block.lines().size());
    for (Line line : block.lines().reversed()) {
      Step step = line.step();
      boolean isRead = step.assigned().map(virtual -> live.get(virtual.number())).orElse(false);
      boolean isNothing =
          step instanceof Step.Copy(Virtual destination, Operand source)
              && source.equals(destination);
      if ((!isRead && step.isPure()) || isNothing) {
        continue;
      }
      step.assigned().ifPresent(virtual -> live.clear(virtual.number()));
      step.read().forEach(virtual -> live.set(virtual.number()));
      Step result =
          !isRead && step instanceof Step.Call(var helper, var arguments, var _)
              ? new Step.Call(helper, arguments, Optional.empty())
              : step;
      kept.add(new Line(result, line.span()));
    }
    Collections.reverse(kept);
    return block.withLines(kept);
  }
}
