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
import java.util.function.IntFunction;

/**
 * Moves virtual registers to memory: each step that mentions one gets a short-lived register of its
 * own for it.
 */
final class Spiller {
  private final BitSet spilled;
  private final IntFunction<Address> places;
  private int virtuals;

  private Spiller(Flow flow, BitSet spilled, IntFunction<Address> places) {
    this.spilled = spilled;
    this.places = places;
    virtuals = flow.virtuals();
  }

  /**
   * Moves them to the stack; where there are loops, numbers to {@link Scratch}, as {@link
   * LoopCarried} does.
   */
  static Flow spill(Flow flow, BitSet spilled, Intervals intervals) {
    SpillSlots slots = new SpillSlots(intervals, flow.stackBytes());
    if (!LoopCarried.hasLoops(flow)) {
      Flow moved = move(flow, spilled, slots::of);
      return new Flow(moved.blocks(), moved.virtuals(), slots.stackBytes(), flow.scratch());
    }
    BitSet onStack = LoopCarried.addresses(flow);
    flow.scratch().followed().forEach(followed -> onStack.set(followed.number()));
    SpillSlots others = new SpillSlots(intervals, 0);
    Virtual base = flow.scratch().base().orElseThrow();
    int first = flow.scratch().bytes() - 8;
    Flow moved =
        move(
            flow,
            spilled,
            number ->
                onStack.get(number)
                    ? slots.of(number)
                    : new Address.Behind(base, first - others.of(number).offset()));
    return new Flow(
        moved.blocks(),
        moved.virtuals(),
        slots.stackBytes(),
        flow.scratch().withBytes(first + 8 + others.stackBytes()));
  }

  /** Moves them to places of their own. */
  static Flow move(Flow flow, BitSet spilled, IntFunction<Address> places) {
    Spiller spiller = new Spiller(flow, spilled, places);
    List<Block> blocks = flow.blocks().stream().map(spiller::block).toList();
    return new Flow(blocks, spiller.virtuals, flow.stackBytes(), flow.scratch());
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
                              && place(virtual) instanceof Address.Stack(int offset)
                          ? new Argument.Spilled(offset)
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

  private Address place(Virtual virtual) {
    return places.apply(virtual.number());
  }
}
