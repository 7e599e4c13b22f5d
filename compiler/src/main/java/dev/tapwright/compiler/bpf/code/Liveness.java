package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Which registers still matter where blocks begin and end. Only registers that some block reads
 * before it assigns them are looked at, and numbered anew: most live within one block, so the sets
 * stay small however long the handler is.
 */
final class Liveness {
  private final Flow flow;

  /** Of each register its place in the sets; negative for one that lives within a block. */
  private final int[] places;

  /** Of each place in the sets its register. */
  private final List<Integer> registers = new ArrayList<>();

  private final List<BitSet> starts = new ArrayList<>();
  private final List<BitSet> ends = new ArrayList<>();

  private Liveness(Flow flow) {
    this.flow = flow;
    places = new int[flow.virtuals()];
    Arrays.fill(places, -1);
  }

  /** Computes it. One round over the blocks for each nesting of jumps backward, plus one. */
  static Liveness of(Flow flow) {
    Liveness liveness = new Liveness(flow);
    liveness.findReads();
    liveness.settle(liveness.assigned());
    return liveness;
  }

  /** Numbers of the registers whose value a block's successors still read. */
  BitSet atEnd(int block) {
    return numbers(ends.get(block));
  }

  /** Numbers of the registers whose value a block or its successors read. */
  BitSet atStart(int block) {
    return numbers(starts.get(block));
  }

  private BitSet numbers(BitSet set) {
    BitSet numbers = new BitSet();
    for (int place = set.nextSetBit(0); place >= 0; place = set.nextSetBit(place + 1)) {
      numbers.set(registers.get(place));
    }
    return numbers;
  }

  /** Of each block the registers that it reads before it assigns them. */
  private void findReads() {
    // Of each register the last block that assigns it, counted from 1.
    int[] assignedIn = new int[flow.virtuals()];
    for (int block = 1; block <= flow.blocks().size(); block++) {
      BitSet read = new BitSet();
      for (Line line : flow.blocks().get(block - 1).lines()) {
        addUnassigned(line.step().read(), assignedIn, block, read);
        Optional<Virtual> assigned = line.step().assigned();
        if (assigned.isPresent()) {
          assignedIn[assigned.get().number()] = block;
        }
      }
      addUnassigned(flow.blocks().get(block - 1).end().read(), assignedIn, block, read);
      starts.add(read);
      ends.add(new BitSet());
    }
  }

  private void addUnassigned(List<Virtual> read, int[] assignedIn, int block, BitSet unassigned) {
    for (Virtual register : read) {
      int number = register.number();
      if (assignedIn[number] != block) {
        if (places[number] < 0) {
          places[number] = registers.size();
          registers.add(number);
        }
        unassigned.set(places[number]);
      }
    }
  }

  private List<BitSet> assigned() {
    List<BitSet> all = new ArrayList<>(flow.blocks().size());
    for (Block block : flow.blocks()) {
      BitSet assigned = new BitSet();
      for (Line line : block.lines()) {
        Optional<Virtual> register = line.step().assigned();
        if (register.isPresent() && places[register.get().number()] >= 0) {
          assigned.set(places[register.get().number()]);
        }
      }
      all.add(assigned);
    }
    return all;
  }

  private void settle(List<BitSet> assigned) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = flow.blocks().size() - 1; i >= 0; i--) {
        BitSet end = ends.get(i);
        int before = end.cardinality();
        for (int successor : flow.blocks().get(i).end().successors()) {
          end.or(starts.get(successor));
        }
        if (end.cardinality() != before) {
          changed = true;
          BitSet through = (BitSet) end.clone();
          through.andNot(assigned.get(i));
          starts.get(i).or(through);
        }
      }
    }
  }
}
