package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.Block.Line;
import dev.tapwright.compiler.bpf.Operand.Virtual;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which registers still matter where blocks begin and end. Only registers that some block reads
 * before it assigns them are looked at: most live within one block, so the sets stay small however
 * long the handler is.
 */
final class Liveness {
  private final List<BitSet> atStart;
  private final List<BitSet> atEnd;

  private Liveness(List<BitSet> atStart, List<BitSet> atEnd) {
    this.atStart = atStart;
    this.atEnd = atEnd;
  }

  /** Numbers of the registers whose value a block's successors still read. */
  BitSet atEnd(int block) {
    return atEnd.get(block);
  }

  /** Numbers of the registers whose value a block or its successors read. */
  BitSet atStart(int block) {
    return atStart.get(block);
  }

  /** Computes it. One round over the blocks for each nesting of jumps backward, plus one. */
  static Liveness of(Flow flow) {
    int count = flow.blocks().size();
    List<BitSet> reads = new ArrayList<>(count);
    List<BitSet> assigns = new ArrayList<>(count);
    BitSet crossing = new BitSet();
    for (Block block : flow.blocks()) {
      BitSet read = new BitSet();
      BitSet assigned = new BitSet();
      for (Line line : block.lines()) {
        addUnassigned(line.step().read(), assigned, read);
        line.step().assigned().ifPresent(virtual -> assigned.set(virtual.number()));
      }
      addUnassigned(block.end().read(), assigned, read);
      reads.add(read);
      assigns.add(assigned);
      crossing.or(read);
    }
    assigns.forEach(assigned -> assigned.and(crossing));
    List<BitSet> starts =
        new ArrayList<>(reads.stream().map(read -> (BitSet) read.clone()).toList());
    List<BitSet> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ends.add(new BitSet());
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = count - 1; i >= 0; i--) {
        BitSet end = ends.get(i);
        int before = end.cardinality();
        for (int successor : flow.blocks().get(i).end().successors()) {
          end.or(starts.get(successor));
        }
        if (end.cardinality() != before) {
          changed = true;
          BitSet through = (BitSet) end.clone();
          through.andNot(assigns.get(i));
          starts.get(i).or(through);
        }
      }
    }
    return new Liveness(starts, ends);
  }

  private static void addUnassigned(List<Virtual> registers, BitSet assigned, BitSet read) {
    for (Virtual register : registers) {
      if (!assigned.get(register.number())) {
        read.set(register.number());
      }
    }
  }
}
