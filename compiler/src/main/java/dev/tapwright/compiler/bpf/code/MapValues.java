package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Loads the addresses of map values, which never change, where they are used. */
final class MapValues {
  private final Map<Virtual, Step.MapValue> values = new HashMap<>();
  private int virtuals;

  private MapValues(Flow flow) {
    virtuals = flow.virtuals();
    Set<Virtual> assignedElsewhere = new HashSet<>();
    for (Block block : flow.blocks()) {
      for (Line line : block.lines()) {
        Step step = line.step();
        boolean isFirst =
            step instanceof Step.MapValue value
                && values.putIfAbsent(value.destination(), value) == null;
        if (!isFirst) {
          step.assigned().ifPresent(assignedElsewhere::add);
        }
      }
    }
    values.keySet().removeAll(assignedElsewhere);
  }

  /** Runs the pass: none of the addresses lives from one block to another. */
  static Flow atUses(Flow flow) {
    MapValues values = new MapValues(flow);
    List<Block> blocks = flow.blocks().stream().map(values::block).toList();
    return DeadSteps.run(new Flow(blocks, values.virtuals, flow.stackBytes(), flow.scratch()));
  }

  private Block block(Block block) {
    List<Line> lines = new ArrayList<>(block.lines().size());
    Map<Virtual, Virtual> here = new HashMap<>();
    for (Line line : block.lines()) {
      Step step =
          line.step()
              .withRegisters(
                  read -> {
                    Step.MapValue value = values.get(read);
                    return value == null
                        ? read
                        : here.computeIfAbsent(read, _ -> load(value, line, lines));
                  },
                  assigned -> assigned);
      lines.add(new Line(step, line.span()));
    }
    return block.withLines(lines);
  }

  private Virtual load(Step.MapValue value, Line line, List<Line> lines) {
    Virtual loaded = new Virtual(virtuals++);
    lines.add(new Line(new Step.MapValue(loaded, value.map(), value.offset()), line.span()));
    return loaded;
  }
}
