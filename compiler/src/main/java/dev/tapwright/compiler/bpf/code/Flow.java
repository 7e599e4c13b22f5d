package dev.tapwright.compiler.bpf.code;

import java.util.BitSet;
import java.util.List;

/**
 * One handler in intermediate code: a control flow graph.
 *
 * @param blocks the first is the entry; terminators name places in this list
 * @param virtuals number of virtual registers
 * @param stackBytes used bytes of the frame, a multiple of 8
 * @param scratch what it has outside of the stack
 */
public record Flow(List<Block> blocks, int virtuals, int stackBytes, ScratchUse scratch) {
  /** Copies the list. */
  public Flow {
    blocks = List.copyOf(blocks);
  }

  /** Some of the blocks, which go to no others, in an order. */
  Flow inOrder(List<Integer> order) {
    int[] numbers = new int[blocks.size()];
    for (int i = 0; i < order.size(); i++) {
      numbers[order.get(i)] = i;
    }
    return withBlocks(
        order.stream()
            .map(blocks::get)
            .map(block -> block.withEnd(block.end().renumbered(i -> numbers[i])))
            .toList());
  }

  /** The same with other blocks. */
  Flow withBlocks(List<Block> other) {
    return new Flow(other, virtuals, stackBytes, scratch);
  }

  /** The blocks to which nothing goes but the block that stands before them. */
  BitSet followers() {
    int[] predecessors = new int[blocks.size()];
    BitSet followers = new BitSet();
    for (int i = 0; i < blocks.size(); i++) {
      for (int successor : blocks.get(i).end().successors()) {
        predecessors[successor]++;
        if (successor == i + 1) {
          followers.set(successor);
        }
      }
    }
    for (int i = 0; i < predecessors.length; i++) {
      if (predecessors[i] != 1) {
        followers.clear(i);
      }
    }
    return followers;
  }
}
