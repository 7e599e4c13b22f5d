package dev.tapwright.compiler.bpf.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Where blocks stand: rare blocks after all others, but in long handlers not so far off that jumps
 * do not reach them. Every block stands behind all that go to it, but for the turns of loops.
 */
public final class BlockPlacement {
  /** Where rare blocks stand. */
  public enum RareBlocks {
    /** After the rest, or after a long stretch of it: normal flow need not jump. */
    BEHIND(4000),
    /**
     * Right after what goes to them: normal flow jumps around them, and the verifier, which follows
     * what does not jump first, is done with each before it goes on.
     */
    BETWEEN(0);

    /** Steps after which the rare blocks of what has been placed are placed too. */
    private final int stretch;

    RareBlocks(int stretch) {
      this.stretch = stretch;
    }
  }

  private final List<Block> blocks;
  private final List<List<Integer>> predecessors = new ArrayList<>();
  private final boolean[] isPlaced;
  private final List<Integer> placed = new ArrayList<>();
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private int steps;

  private BlockPlacement(List<Block> blocks, List<Integer> order) {
    this.blocks = blocks;
    isPlaced = new boolean[blocks.size()];
    blocks.forEach(_ -> predecessors.add(new ArrayList<>(2)));
    boolean[] isPassed = new boolean[blocks.size()];
    for (int block : order) {
      isPassed[block] = true;
      for (int successor : blocks.get(block).end().successors()) {
        // A jump backward, to the head of a loop, says nothing of where the head stands.
        if (!isPassed[successor]) {
          predecessors.get(successor).add(block);
        }
      }
    }
  }

  /**
   * Places blocks.
   *
   * @param order an order in which each stands behind all that go to it
   */
  static List<Integer> of(List<Block> blocks, List<Integer> order, RareBlocks rareBlocks) {
    BlockPlacement placement = new BlockPlacement(blocks, order);
    for (int block : order) {
      if (blocks.get(block).isRare()) {
        continue;
      }
      if (placement.steps > rareBlocks.stretch) {
        placement.placeWaiting();
        placement.steps = 0;
      }
      placement.place(block);
    }
    placement.placeWaiting();
    return placement.placed;
  }

  private void place(int block) {
    if (isPlaced[block]) {
      return;
    }
    isPlaced[block] = true;
    predecessors.get(block).forEach(this::place);
    placed.add(block);
    steps += blocks.get(block).lines().size() + 1;
    blocks.get(block).end().successors().stream()
        .filter(successor -> blocks.get(successor).isRare() && !isPlaced[successor])
        // What goes on from a rare block stands behind it, rather than behind all others.
        .forEach(blocks.get(block).isRare() ? waiting::addFirst : waiting::addLast);
  }

  /** Places the rare blocks that everything that goes to them stands in front of. */
  private void placeWaiting() {
    List<Integer> later = new ArrayList<>();
    while (!waiting.isEmpty()) {
      int block = waiting.remove();
      if (isPlaced[block]) {
        continue;
      }
      if (predecessors.get(block).stream().allMatch(predecessor -> isPlaced[predecessor])) {
        place(block);
      } else {
        later.add(block);
      }
    }
    waiting.addAll(later);
  }
}
