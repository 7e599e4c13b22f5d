package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Moves virtual registers to memory: each step that mentions one, or each stretch of steps, gets a
 * short-lived register of its own for it.
 */
final class Spiller {
  /** How far a short-lived register is good. */
  enum Reach {
    /** A step: as many registers as can be are free. */
    STEP,
    /** Up to the next call, or to where ways meet or turn: as little as can be is loaded again. */
    STRETCH
  }

  private final BitSet spilled;
  private final IntFunction<Address> places;
  private final Reach reach;

  /** The short-lived registers that hold what lies in memory. */
  private final Map<Virtual, Virtual> loaded = new HashMap<>();

  private int virtuals;

  private Spiller(Flow flow, BitSet spilled, IntFunction<Address> places, Reach reach) {
    this.spilled = spilled;
    this.places = places;
    this.reach = reach;
    virtuals = flow.virtuals();
  }

  /**
   * Moves them to the stack; where there are loops, numbers to {@link Scratch}, as {@link
   * LoopCarried} does.
   */
  static Flow spill(Flow flow, BitSet spilled, Intervals intervals) {
    SpillSlots slots = new SpillSlots(intervals, flow.stackBytes());
    if (!LoopCarried.hasLoops(flow)) {
      Flow moved = move(flow, spilled, slots::of, Reach.STEP);
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
                    : new Address.Behind(base, first - others.of(number).offset()),
            Reach.STEP);
    return new Flow(
        moved.blocks(),
        moved.virtuals(),
        slots.stackBytes(),
        flow.scratch().withBytes(first + 8 + others.stackBytes()));
  }

  /** Moves them to places of their own. */
  static Flow move(Flow flow, BitSet spilled, IntFunction<Address> places, Reach reach) {
    Spiller spiller = new Spiller(flow, spilled, places, reach);
    BitSet followers = flow.followers();
    List<Block> blocks = new ArrayList<>(flow.blocks().size());
    for (Block block : flow.blocks()) {
      if (!followers.get(blocks.size())) {
        spiller.loaded.clear();
      }
      blocks.add(spiller.block(block));
    }
    return new Flow(blocks, spiller.virtuals, flow.stackBytes(), flow.scratch());
  }

  private Block block(Block block) {
    List<Line> lines = new ArrayList<>(block.lines().size());
    for (Line line : block.lines()) {
      line(line, lines);
    }
    Terminator end = block.end().withOperands(operand -> loaded(operand, lines, block.endSpan()));
    if (reach == Reach.STEP || end instanceof Terminator.Turns) {
      loaded.clear();
    }
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
    if (step instanceof Step.Copy(Virtual destination, Constant constant)
        && spilled.get(destination.number())
        && constant.fitsImmediate()) {
      lines.add(new Line(new Step.Store(Size.DOUBLE, place(destination), constant), line.span()));
      loaded.remove(destination);
      return;
    }
    Map<Virtual, Virtual> assigned = new HashMap<>();
    List<Line> stores = new ArrayList<>();
    Step rewritten =
        step.withRegisters(
            virtual -> loaded(virtual, lines, line.span()),
            virtual -> {
              if (!spilled.get(virtual.number())) {
                return virtual;
              }
              Virtual brief = new Virtual(virtuals++);
              assigned.put(virtual, brief);
              stores.add(new Line(new Step.Store(Size.DOUBLE, place(virtual), brief), line.span()));
              return brief;
            });
    lines.add(new Line(rewritten, line.span()));
    lines.addAll(stores);
    if (reach == Reach.STEP || rewritten instanceof Step.Call) {
      loaded.clear();
    }
    if (reach == Reach.STRETCH) {
      loaded.putAll(assigned);
    }
  }

  private Operand loaded(Operand operand, List<Line> lines, Span span) {
    return operand instanceof Virtual virtual ? loaded(virtual, lines, span) : operand;
  }

  private Virtual loaded(Virtual virtual, List<Line> lines, Span span) {
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
