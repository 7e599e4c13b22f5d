package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Moves to {@link Scratch} what lives from one block of a loop to another. The verifier follows
 * what registers and the stack hold: it would look at every turn on its own, and within a turn at
 * every way to get to a block, when a branch on the way told it something of a number. Of memory it
 * knows nothing, so that it has seen all after one turn. Addresses stay: they are the same on every
 * way.
 */
final class LoopCarried {
  private LoopCarried() {}

  /** Runs the pass, on blocks in their last order. */
  static Flow run(Flow flow) {
    BitSet carried = carried(flow);
    if (carried.isEmpty()) {
      return flow;
    }
    Virtual base = flow.scratch().base().orElseThrow();
    Map<Integer, Address> places = new HashMap<>();
    int bytes = flow.scratch().bytes();
    for (int number : carried.stream().toArray()) {
      places.put(number, new Address.Behind(base, bytes));
      bytes += 8;
    }
    Flow moved = Spiller.move(flow, carried, places::get, Spiller.Reach.STRETCH);
    return new Flow(
        moved.blocks(), moved.virtuals(), moved.stackBytes(), flow.scratch().withBytes(bytes));
  }

  private static BitSet carried(Flow flow) {
    BitSet carried = new BitSet();
    BitSet entered = inLoops(flow);
    flow.blocks().stream()
        .map(Block::end)
        .filter(Terminator.Turns.class::isInstance)
        .forEach(turns -> turns.successors().forEach(entered::set));
    if (!entered.isEmpty()) {
      Liveness liveness = Liveness.of(flow);
      entered.stream().forEach(block -> carried.or(liveness.atStart(block)));
      carried.andNot(addresses(flow));
      flow.scratch().followed().forEach(followed -> carried.clear(followed.number()));
    }
    return carried;
  }

  /** Whether a handler has loops. */
  static boolean hasLoops(Flow flow) {
    return !inLoops(flow).isEmpty();
  }

  /** The blocks between a jump backward and where it goes. */
  private static BitSet inLoops(Flow flow) {
    BitSet inLoops = new BitSet();
    for (int i = 0; i < flow.blocks().size(); i++) {
      for (int successor : flow.blocks().get(i).end().successors()) {
        if (successor <= i) {
          inLoops.set(successor, i + 1);
        }
      }
    }
    return inLoops;
  }

  /** The registers that hold addresses. */
  static BitSet addresses(Flow flow) {
    BitSet addresses = new BitSet();
    flow.scratch().base().ifPresent(base -> addresses.set(base.number()));
    int before = -1;
    while (addresses.cardinality() != before) {
      before = addresses.cardinality();
      for (Block block : flow.blocks()) {
        for (Line line : block.lines()) {
          if (isAddress(line.step(), addresses)) {
            line.step().assigned().ifPresent(virtual -> addresses.set(virtual.number()));
          }
        }
      }
    }
    return addresses;
  }

  private static boolean isAddress(Step step, BitSet addresses) {
    return switch (step) {
      case Step.Context _, Step.StackAddress _, Step.MapValue _ -> true;
      case Step.Copy _, Step.Compute _ ->
          step.read().stream().anyMatch(virtual -> addresses.get(virtual.number()));
      case Step.Call call ->
          switch (call.helper()) {
            case MAP_LOOKUP_ELEM, MAP_LOOKUP_PERCPU_ELEM, RINGBUF_RESERVE -> true;
            default -> false;
          };
      case Step.Load _, Step.Store _, Step.Atomic _ -> false;
    };
  }
}
