package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Loops for kernels whose verifier looks at a function once, however often it is called: all of the
 * handler but its prologue becomes such a function. A jump backward stores where it goes, and
 * returns; the next call goes on there. So nothing in it repeats. What lives from turn to turn is
 * in {@link Scratch}, of which the verifier knows nothing. Who calls it is {@link TurnRounds}.
 */
public final class TurnFunctions {
  /** Added to the element's number by the call that ends what has had too many turns. */
  static final int EXHAUSTED = Scratch.ELEMENTS;

  /** What the function returns when there are more turns; 0 when that was the last. */
  private static final int MORE = 1;

  private static final Address.Stack KEY = new Address.Stack(-8);

  private final Flow flow;
  private final Terminator.Turns turns;
  private final Virtual base;
  private final Span span;
  private final List<Block> blocks;

  /** Where jumps backward go, by place, and the number that says so. */
  private final Map<Integer, Integer> heads = new LinkedHashMap<>();

  private int virtuals;

  private TurnFunctions(Flow flow, Block last, Terminator.Turns turns) {
    this.flow = flow;
    this.turns = turns;
    base = flow.scratch().base().orElseThrow();
    span = last.endSpan();
    blocks = new ArrayList<>(flow.blocks());
    virtuals = flow.virtuals();
  }

  /**
   * A handler in two.
   *
   * @param prologue ends with the call of the other
   * @param turn the function of a turn
   */
  public record Parts(Flow prologue, Flow turn) {}

  /** Whether a handler is to be taken apart. */
  public static boolean isWanted(Flow flow) {
    return flow.blocks().stream().anyMatch(block -> block.end() instanceof Terminator.Turns);
  }

  /**
   * Takes a handler apart; empty when something other than what {@link LoopCarried} moves to memory
   * lives from turn to turn.
   *
   * @param flow blocks in their last order
   * @param scratchMap the map of {@link Scratch}
   */
  public static Optional<Parts> apart(Flow flow, IntSupplier scratchMap) {
    Flow independent = MapValues.atUses(flow);
    for (Block block : independent.blocks()) {
      if (block.end() instanceof Terminator.Turns turns) {
        return new TurnFunctions(independent, block, turns).apart(scratchMap.getAsInt());
      }
    }
    return Optional.empty();
  }

  private Optional<Parts> apart(int scratchMap) {
    List<Integer> inTurn = reachable(turns.entries());
    inTurn.forEach(this::forwardOnly);
    Liveness liveness = Liveness.of(flow);
    BitSet live = new BitSet();
    turns.entries().forEach(entry -> live.or(liveness.atStart(entry)));
    heads.keySet().forEach(head -> live.or(liveness.atStart(head)));
    live.clear(base.number());
    if (!live.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> order = new ArrayList<>();
    int added = blocks.size();
    entry(scratchMap);
    for (int i = added; i < blocks.size(); i++) {
      order.add(i);
    }
    order.addAll(inTurn);
    for (int i = flow.blocks().size(); i < added; i++) {
      order.add(i);
    }
    Flow whole = new Flow(blocks, virtuals, -KEY.offset(), flow.scratch());
    return Optional.of(new Parts(prologue(), whole.inOrder(order)));
  }

  private Flow prologue() {
    List<Block> calling = new ArrayList<>(flow.blocks());
    calling.replaceAll(
        block ->
            block.end().equals(turns)
                ? block.withEnd(new Terminator.Turns(turns.element(), List.of()))
                : block);
    Flow whole = flow.withBlocks(calling);
    return whole.inOrder(reachable(calling, List.of(0)));
  }

  /** Ascending places. */
  private List<Integer> reachable(List<Integer> from) {
    return reachable(flow.blocks(), from);
  }

  private static List<Integer> reachable(List<Block> blocks, List<Integer> from) {
    BitSet seen = new BitSet();
    List<Integer> pending = new ArrayList<>(from);
    while (!pending.isEmpty()) {
      int block = pending.removeLast();
      if (!seen.get(block)) {
        seen.set(block);
        pending.addAll(blocks.get(block).end().successors());
      }
    }
    return seen.stream().boxed().toList();
  }

  /** Ends the turn where a block goes backward. */
  private void forwardOnly(int place) {
    Block block = blocks.get(place);
    if (block.end() instanceof Terminator.Jump(int target) && target <= place) {
      List<Line> lines = new ArrayList<>(block.lines());
      lines.add(new Line(goesOnAt(target), block.endSpan()));
      blocks.set(place, block.withLines(lines).withEnd(new Terminator.Return(MORE)));
      return;
    }
    blocks.set(
        place,
        block.withEnd(
            block.end().renumbered(target -> target <= place ? leaving(target, block) : target)));
  }

  private int leaving(int target, Block from) {
    Line line = new Line(goesOnAt(target), from.endSpan());
    return add(List.of(line), new Terminator.Return(MORE));
  }

  private Step goesOnAt(int target) {
    int number = heads.computeIfAbsent(target, _ -> heads.size() + 1);
    return new Step.Store(
        Size.DOUBLE, new Address.Behind(base, Scratch.NEXT_TURN), new Constant(number));
  }

  private int add(List<Line> lines, Terminator end) {
    blocks.add(new Block(lines, end, span, 1, false));
    return blocks.size() - 1;
  }

  private Virtual fresh() {
    return new Virtual(virtuals++);
  }

  /** The beginning of the function: finds the element, and goes where the last turn ended. */
  private void entry(int scratchMap) {
    Virtual argument = fresh();
    Virtual element = fresh();
    Virtual next = fresh();
    int first = blocks.size();
    int missing = first + 1;
    int found = first + 2;
    int goingOn = first + 3;
    List<Step> lookUp =
        List.of(
            new Step.Context(argument),
            new Step.Compute(
                Operation.AND, true, element, argument, new Constant(Scratch.ELEMENTS - 1)),
            new Step.Store(Size.DOUBLE, KEY, element),
            new Step.Call(
                Helper.MAP_LOOKUP_ELEM,
                List.of(
                    new Argument.MapAddress(scratchMap), new Argument.StackAddress(KEY.offset())),
                Optional.of(base)));
    add(
        lines(lookUp),
        new Terminator.Branch(Comparison.NOT_EQUAL, true, base, new Constant(0), found, missing));
    add(List.of(), new Terminator.Return(0));
    int body = turns.entries().getFirst();
    int exhausted = turns.entries().getLast();
    add(
        List.of(),
        new Terminator.Branch(
            Comparison.LESS_UNSIGNED, true, argument, new Constant(EXHAUSTED), goingOn, exhausted));
    Step load = new Step.Load(Size.DOUBLE, next, new Address.Behind(base, Scratch.NEXT_TURN));
    List<Line> lines = lines(List.of(load));
    for (Map.Entry<Integer, Integer> head : heads.entrySet()) {
      add(
          lines,
          new Terminator.Branch(
              Comparison.EQUAL,
              true,
              next,
              new Constant(head.getValue()),
              head.getKey(),
              blocks.size() + 1));
      lines = List.of();
    }
    add(lines, new Terminator.Jump(body));
  }

  private List<Line> lines(List<Step> steps) {
    return steps.stream().map(step -> new Line(step, span)).toList();
  }
}
