package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.Block.Line;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.Operand.Virtual;
import dev.tapwright.compiler.bpf.Step.Argument;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves virtual registers to the stack: each step that mentions one gets a short-lived register of
 * its own for it.
 */
final class Spiller {
  private final BitSet spilled;
  private final Intervals intervals;
  private final List<Occupation> slots = new ArrayList<>();
  private final int below;
  private final Map<Integer, Integer> places = new HashMap<>();
  private int virtuals;

  private Spiller(Flow flow, BitSet spilled, Intervals intervals) {
    this.spilled = spilled;
    this.intervals = intervals;
    virtuals = flow.virtuals();
    below = flow.stackBytes();
  }

  /** Moves them. */
  static Flow spill(Flow flow, BitSet spilled, Intervals intervals) {
    Spiller spiller = new Spiller(flow, spilled, intervals);
    List<Block> blocks = flow.blocks().stream().map(spiller::block).toList();
    return new Flow(blocks, spiller.virtuals, spiller.below + 8 * spiller.slots.size());
  }

  private Block block(Block block) {
    List<Line> lines = new ArrayList<>(block.lines().size());
    for (Line line : block.lines()) {
      line(line, lines);
    }
    Map<Virtual, Virtual> loaded = new HashMap<>();
    Terminator end =
        block.end()
                instanceof
                Terminator.Branch(
                    var comparison,
                    Operand left,
                    Operand right,
                    int ifTrue,
                    int ifFalse)
            ? new Terminator.Branch(
                comparison,
                left instanceof Virtual virtual
                    ? loaded(virtual, loaded, lines, block.endSpan())
                    : left,
                right instanceof Virtual virtual
                    ? loaded(virtual, loaded, lines, block.endSpan())
                    : right,
                ifTrue,
                ifFalse)
            : block.end();
    return block.withLines(lines).withEnd(end);
  }

  private void line(Line line, List<Line> lines) {
    Step step = line.step();
    if (step instanceof Step.Call(var helper, List<Argument> arguments, var result)) {
      List<Argument> direct =
          arguments.stream()
              .map(
                  argument ->
                      argument instanceof Argument.Value(Virtual virtual)
                              && spilled.get(virtual.number())
                          ? new Argument.Spilled(place(virtual).offset())
                          : argument)
              .toList();
      step = new Step.Call(helper, direct, result);
    }
    Map<Virtual, Virtual> loaded = new HashMap<>();
    List<Line> stores = new ArrayList<>();
    Step rewritten =
        step.withRegisters(
            virtual -> loaded(virtual, loaded, lines, line.span()),
            virtual -> {
              if (!spilled.get(virtual.number())) {
                return virtual;
              }
              Virtual brief = new Virtual(virtuals++);
              stores.add(new Line(new Step.Store(Size.DOUBLE, place(virtual), brief), line.span()));
              return brief;
            });
    lines.add(new Line(rewritten, line.span()));
    lines.addAll(stores);
  }

  private Virtual loaded(
      Virtual virtual, Map<Virtual, Virtual> loaded, List<Line> lines, Span span) {
    if (!spilled.get(virtual.number())) {
      return virtual;
    }
    return loaded.computeIfAbsent(
        virtual,
        wanted -> {
          Virtual brief = new Virtual(virtuals++);
          lines.add(new Line(new Step.Load(Size.DOUBLE, brief, place(wanted)), span));
          return brief;
        });
  }

  private Address.Stack place(Virtual virtual) {
    return new Address.Stack(
        -(below + 8 * (1 + places.computeIfAbsent(virtual.number(), this::slot))));
  }

  /** A slot that nothing else needs where this one does. */
  private int slot(int number) {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).isFree(intervals.ranges(number))) {
        slots.get(i).add(number, intervals.ranges(number));
        return i;
      }
    }
    Occupation slot = new Occupation();
    slot.add(number, intervals.ranges(number));
    slots.add(slot);
    return slots.size() - 1;
  }
}
