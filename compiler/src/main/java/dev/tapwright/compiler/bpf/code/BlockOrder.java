package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.BlockPlacement.RareBlocks;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Terminator.Branch;
import dev.tapwright.compiler.bpf.code.Terminator.Jump;
import dev.tapwright.compiler.bpf.code.Terminator.Return;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Straightens the jumps: decides branches on constants, jumps past empty blocks, joins blocks that
 * always follow each other, leaves out what cannot be reached (the verifier refuses it), and puts
 * blocks in an order in which only the turns of loops go backward and rare blocks stand last.
 */
public final class BlockOrder {
  private BlockOrder() {}

  /** Runs the pass. */
  public static Flow run(Flow flow) {
    return run(flow, RareBlocks.BEHIND);
  }

  /** Runs the pass. */
  public static Flow run(Flow flow, RareBlocks rareBlocks) {
    List<Block> blocks = new ArrayList<>(flow.blocks());
    blocks.replaceAll(block -> block.withEnd(decided(block.end())));
    int[] forwarded = forwarded(blocks);
    blocks.replaceAll(block -> block.withEnd(decided(block.end().renumbered(i -> forwarded[i]))));
    blocks.replaceAll(
        block -> block.isRare() ? block : block.withEnd(returning(block.end(), blocks)));
    List<Block> joined = joined(blocks);
    findRareEnds(joined);
    return ordered(flow.withBlocks(joined), rareBlocks);
  }

  /**
   * What ends the program when something went wrong is rare itself; and so is an end without steps,
   * to which only branches go, so that the rare ones can share it.
   */
  private static void findRareEnds(List<Block> blocks) {
    BitSet reached = new BitSet();
    BitSet usual = new BitSet();
    for (int block : reachable(blocks)) {
      for (int successor : blocks.get(block).end().successors()) {
        (blocks.get(block).isRare() ? reached : usual).set(successor);
      }
    }
    reached.or(usual);
    reached.stream()
        .filter(block -> blocks.get(block).end() instanceof Return)
        .filter(block -> blocks.get(block).lines().isEmpty() || !usual.get(block))
        .forEach(block -> blocks.set(block, blocks.get(block).asRare()));
  }

  private static Terminator decided(Terminator end) {
    return switch (end) {
      case Branch branch when branch.ifTrue() == branch.ifFalse() -> new Jump(branch.ifTrue());
      case Branch(
              var comparison,
              boolean is64Bit,
              Constant(long left),
              Constant(long right),
              int ifTrue,
              int ifFalse) ->
          new Jump(Folding.holds(comparison, is64Bit, left, right) ? ifTrue : ifFalse);
      case Branch(
              var comparison,
              boolean is64Bit,
              Constant constant,
              Operand other,
              int ifTrue,
              int ifFalse) ->
          new Branch(Folding.exchanged(comparison), is64Bit, other, constant, ifTrue, ifFalse);
      default -> end;
    };
  }

  /** Ends at once instead of going to where it ends: costs a slot, saves a jump. */
  private static Terminator returning(Terminator end, List<Block> blocks) {
    return end instanceof Jump(int target) && onlyReturns(blocks.get(target)) ? new Return(0) : end;
  }

  private static boolean onlyReturns(Block block) {
    return block.lines().isEmpty() && block.end().equals(new Return(0));
  }

  /**
   * For each block the one that control really reaches there: past blocks that only jump; one of
   * those that only return.
   */
  private static int[] forwarded(List<Block> blocks) {
    int[] target = new int[blocks.size()];
    Arrays.fill(target, -1);
    int returning = -1;
    for (int i = 1; i < target.length; i++) {
      if (onlyReturns(blocks.get(i))) {
        returning = returning < 0 ? i : returning;
        target[i] = returning;
      }
    }
    for (int start = 0; start < target.length; start++) {
      List<Integer> chain = new ArrayList<>();
      int at = start;
      while (target[at] < 0
          && blocks.get(at).lines().isEmpty()
          && blocks.get(at).end() instanceof Jump(int next)
          && !chain.contains(next)
          && chain.size() < 64) {
        chain.add(at);
        at = next;
      }
      int end = target[at] < 0 ? at : target[at];
      chain.forEach(passed -> target[passed] = end);
      target[at] = end;
    }
    return target;
  }

  private static List<Block> joined(List<Block> blocks) {
    int[] predecessors = new int[blocks.size()];
    List<Integer> reachable = reachable(blocks);
    for (int block : reachable) {
      for (int successor : blocks.get(block).end().successors()) {
        predecessors[successor]++;
      }
    }
    List<Block> result = new ArrayList<>(blocks);
    boolean[] isTaken = new boolean[blocks.size()];
    for (int block : reachable) {
      Block first = blocks.get(block);
      if (isTaken[block] || !(first.end() instanceof Jump)) {
        continue;
      }
      List<Block.Line> lines = new ArrayList<>(first.lines());
      Block last = first;
      while (last.end() instanceof Jump(int next)
          && predecessors[next] == 1
          && next != block
          && next != 0) {
        last = blocks.get(next);
        isTaken[next] = true;
        lines.addAll(last.lines());
      }
      result.set(
          block, new Block(lines, last.end(), last.endSpan(), first.turns(), first.isRare()));
    }
    return result;
  }

  private static Flow ordered(Flow flow, RareBlocks rareBlocks) {
    return flow.inOrder(BlockPlacement.of(flow.blocks(), reachable(flow.blocks()), rareBlocks));
  }

  /**
   * Reachable blocks in reverse postorder: before all their successors, as long as no jump goes
   * backward.
   */
  private static List<Integer> reachable(List<Block> blocks) {
    boolean[] isSeen = new boolean[blocks.size()];
    List<Integer> postorder = new ArrayList<>(blocks.size());
    Deque<Integer> path = new ArrayDeque<>();
    Deque<Iterator<Integer>> rest = new ArrayDeque<>();
    isSeen[0] = true;
    path.push(0);
    rest.push(successors(blocks, 0).iterator());
    while (!path.isEmpty()) {
      if (!rest.element().hasNext()) {
        rest.pop();
        postorder.add(path.pop());
        continue;
      }
      int next = rest.element().next();
      if (!isSeen[next]) {
        isSeen[next] = true;
        path.push(next);
        rest.push(successors(blocks, next).iterator());
      }
    }
    Collections.reverse(postorder);
    return postorder;
  }

  /** Successors, the one that is to stand last first. */
  private static List<Integer> successors(List<Block> blocks, int block) {
    List<Integer> successors = blocks.get(block).end().successors();
    if (successors.size() < 2) {
      return successors;
    }
    List<Integer> lastFirst = new ArrayList<>(successors.reversed());
    lastFirst.sort((a, b) -> Boolean.compare(blocks.get(b).isRare(), blocks.get(a).isRare()));
    return lastFirst;
  }
}
