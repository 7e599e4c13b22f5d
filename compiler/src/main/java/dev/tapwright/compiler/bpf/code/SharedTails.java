package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lets rare blocks end where others end alike: of those whose last steps are the same, in the same
 * registers, all but one go there. What runs usually stays as it is, without a jump more.
 */
public final class SharedTails {
  /**
   * A step, or an end, as the kernel will see it: with registers for virtual registers.
   *
   * @param pointer what a load is behind: the verifier wants one instruction to load from one kind
   *     of memory, so that the register alone does not say enough
   */
  private record Key(Object what, Optional<Virtual> pointer) {}

  /** A place in a block from which on others may share it. */
  private static final class Tail {
    final int number;
    final int block;
    final int line;
    final Map<Key, Tail> longer = new HashMap<>();

    Tail(int number, int block, int line) {
      this.number = number;
      this.block = block;
      this.line = line;
    }
  }

  private final RegisterAllocation allocation;
  private final List<Block> blocks;
  private final Map<Key, Tail> ends = new HashMap<>();

  /** Where blocks go on in another, by block. */
  private final List<Optional<Tail>> goingOn = new ArrayList<>();

  /** Where blocks are cut in two, by block. */
  private final List<TreeSet<Integer>> cuts = new ArrayList<>();

  /** What stands for the beginning of a block: equal for those that are the same. */
  private final int[] beginnings;

  private int tails;

  private SharedTails(RegisterAllocation allocation) {
    this.allocation = allocation;
    blocks = allocation.flow().blocks();
    beginnings = new int[blocks.size()];
    for (int i = 0; i < blocks.size(); i++) {
      beginnings[i] = i;
      cuts.add(new TreeSet<>());
      goingOn.add(Optional.empty());
    }
    tails = blocks.size();
  }

  /** Runs the pass, on blocks in their last order. */
  public static RegisterAllocation run(RegisterAllocation allocation) {
    SharedTails pass = new SharedTails(allocation);
    for (int i = pass.blocks.size() - 1; i >= 0; i--) {
      if (!pass.blocks.get(i).isRare()) {
        pass.remember(i, pass.longest(i));
      }
    }
    // Blocks go to later ones, but for turns of loops: where they go is known to be the same first.
    for (int i = pass.blocks.size() - 1; i > 0; i--) {
      if (pass.blocks.get(i).isRare()) {
        pass.compare(i);
      }
    }
    return pass.goingOn.stream().allMatch(Optional::isEmpty)
        ? allocation
        : new RegisterAllocation(
            allocation.flow().withBlocks(pass.divided()), allocation.registers());
  }

  /** Lets a block go on where another has the same steps. */
  private void compare(int number) {
    Block block = blocks.get(number);
    Tail tail = longest(number);
    boolean isShorter =
        lengthOf(tail) > 0 || block.lines().isEmpty() || block.end() instanceof Terminator.Return;
    if (tail.block != number && isShorter) {
      goingOn.set(number, Optional.of(tail));
      if (tail.line > 0) {
        cuts.get(tail.block).add(tail.line);
      }
    }
    remember(number, tail);
  }

  private int lengthOf(Tail tail) {
    return blocks.get(tail.block).lines().size() - tail.line;
  }

  /** Goes back through a block as long as another has the same steps. */
  private Tail longest(int number) {
    Block block = blocks.get(number);
    int line = block.lines().size();
    int length = line;
    Tail tail = ends.computeIfAbsent(end(block), _ -> new Tail(tails++, number, length));
    while (tail.block != number && line > 0) {
      Optional<Tail> longer = Optional.ofNullable(tail.longer.get(key(block, line - 1)));
      if (longer.isEmpty()) {
        break;
      }
      line--;
      tail = longer.get();
    }
    return tail;
  }

  /** Adds what a block has before an end that is known. */
  private void remember(int number, Tail known) {
    Block block = blocks.get(number);
    Tail tail = known;
    for (int line = block.lines().size() - lengthOf(known); line > 0; ) {
      line--;
      Tail longer = new Tail(tails++, number, line);
      tail.longer.put(key(block, line), longer);
      tail = longer;
    }
    // Of two usual blocks that are the same both stay.
    if (tail.block == number || blocks.get(number).isRare()) {
      beginnings[number] = tail.number;
    }
  }

  private Key end(Block block) {
    Terminator end =
        block.end() instanceof Terminator.Jump(int target) && onlyReturns(blocks.get(target))
            ? blocks.get(target).end()
            : block.end().renumbered(successor -> beginnings[successor]);
    return new Key(end.withOperands(this::inRegister), Optional.empty());
  }

  private static boolean onlyReturns(Block block) {
    return block.lines().isEmpty() && block.end() instanceof Terminator.Return;
  }

  private Key key(Block block, int line) {
    Step step = block.lines().get(line).step();
    return new Key(
        step.withRegisters(this::inRegister, this::inRegister),
        step instanceof Step.Load(var _, var _, Address.Behind(Virtual pointer, int _))
            ? Optional.of(pointer)
            : Optional.empty());
  }

  private Operand inRegister(Operand operand) {
    return operand instanceof Virtual virtual ? inRegister(virtual) : operand;
  }

  private Virtual inRegister(Virtual virtual) {
    return new Virtual(allocation.of(virtual).number());
  }

  private List<Block> divided() {
    int[] firsts = new int[blocks.size()];
    int places = 0;
    for (int i = 0; i < blocks.size(); i++) {
      firsts[i] = places;
      places += isGone(i) ? 0 : 1 + cuts.get(i).size();
    }
    int[] starts = new int[blocks.size()];
    for (int i = 0; i < blocks.size(); i++) {
      int block = i;
      // A block of which nothing is left is where it would go on.
      starts[i] =
          goingOn
              .get(i)
              .filter(_ -> length(block) == 0)
              .map(tail -> place(tail, firsts))
              .orElse(firsts[i]);
    }
    List<Block> result = new ArrayList<>(places);
    for (int i = 0; i < blocks.size(); i++) {
      if (!isGone(i)) {
        Block block = blocks.get(i);
        Terminator last =
            goingOn
                .get(i)
                .<Terminator>map(tail -> new Terminator.Jump(place(tail, firsts)))
                .orElseGet(() -> withoutChoice(block.end().renumbered(target -> starts[target])));
        int start = 0;
        for (int cut : cuts.get(i)) {
          result.add(part(block, start, cut, new Terminator.Jump(result.size() + 1)));
          start = cut;
        }
        result.add(part(block, start, length(i), last));
      }
    }
    return result;
  }

  private int place(Tail tail, int[] firsts) {
    return firsts[tail.block] + cuts.get(tail.block).headSet(tail.line, true).size();
  }

  /** Lines of a block that are its own. */
  private int length(int block) {
    int shared =
        goingOn.get(block).map(tail -> blocks.get(tail.block).lines().size() - tail.line).orElse(0);
    return blocks.get(block).lines().size() - shared;
  }

  private boolean isGone(int block) {
    return goingOn.get(block).isPresent() && length(block) == 0;
  }

  private static Terminator withoutChoice(Terminator end) {
    return end instanceof Terminator.Branch branch && branch.ifTrue() == branch.ifFalse()
        ? new Terminator.Jump(branch.ifTrue())
        : end;
  }

  private static Block part(Block block, int from, int to, Terminator end) {
    List<Line> lines = block.lines().subList(from, to);
    return new Block(lines, end, block.endSpan(), block.turns(), block.isRare());
  }
}
