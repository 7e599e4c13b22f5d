package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out stores to memory that the same block writes again before anything can read it: what a
 * variable begins with, where its first value is written right after.
 */
final class DeadStores {
  private static final int STACK = -1;

  /**
   * Eight bytes that are written again.
   *
   * @param pointer number of the register that they lie behind, or {@link #STACK}
   */
  private record Place(int pointer, int offset) {}

  private final Set<Place> written = new HashSet<>();

  /** Registers that hold nothing but the context: what lies there is written by nobody here. */
  private final BitSet contexts = new BitSet();

  /** Whether some register holds an address of the stack: then any read may be of anything. */
  private boolean isStackShared;

  private DeadStores() {}

  /** Runs the pass. */
  static Flow run(Flow flow) {
    DeadStores pass = new DeadStores();
    pass.isStackShared =
        flow.blocks().stream()
            .flatMap(block -> block.lines().stream())
            .anyMatch(line -> line.step() instanceof Step.StackAddress);
    // The context's register is assigned in the first block, and nowhere else.
    for (Line line : flow.blocks().getFirst().lines()) {
      if (line.step() instanceof Step.Context(Virtual context)) {
        pass.contexts.set(context.number());
      }
    }
    List<Block> blocks = new ArrayList<>(flow.blocks().size());
    for (Block block : flow.blocks()) {
      blocks.add(pass.block(block));
    }
    return flow.withBlocks(blocks);
  }

  private Block block(Block block) {
    written.clear();
    List<Line> kept = new ArrayList<>(block.lines().size());
    for (Line line : block.lines().reversed()) {
      if (line.step() instanceof Step.Store(Size size, Address address, Operand _)) {
        if (isWritten(address, size)) {
          continue;
        }
        if (size == Size.DOUBLE) {
          written.add(place(address));
        }
      } else {
        look(line.step());
      }
      kept.add(line);
    }
    if (kept.size() == block.lines().size()) {
      return block;
    }
    Collections.reverse(kept);
    return block.withLines(kept);
  }

  private static Place place(Address address) {
    return switch (address) {
      case Address.Stack(int offset) -> new Place(STACK, offset);
      case Address.Behind(Virtual pointer, int offset) -> new Place(pointer.number(), offset);
    };
  }

  private boolean isWritten(Address address, Size size) {
    Place place = place(address);
    for (int before = 0; before <= Size.DOUBLE.bytes() - size.bytes(); before++) {
      if (written.contains(new Place(place.pointer(), place.offset() - before))) {
        return true;
      }
    }
    return false;
  }

  /** Forgets what a step reads, or may read. */
  private void look(Step step) {
    switch (step) {
      case Step.Load _ when isStackShared -> written.clear();
      case Step.Load(var _, var _, Address.Stack _) ->
          written.removeIf(place -> place.pointer() == STACK);
      case Step.Load(var _, var _, Address.Behind(Virtual pointer, int _)) -> {
        // Two registers can hold addresses of the same memory; none holds one of the stack.
        if (!contexts.get(pointer.number())) {
          written.removeIf(place -> place.pointer() != STACK);
        }
      }
      case Step.Call(var _, var arguments, var _) when arguments.isEmpty() -> {}
      case Step.Call _, Step.Atomic _ -> written.clear();
      case Step.Context _,
          Step.Copy _,
          Step.Compute _,
          Step.StackAddress _,
          Step.MapValue _,
          Step.Store _ -> {}
    }
    step.assigned()
        .ifPresent(assigned -> written.removeIf(place -> place.pointer() == assigned.number()));
  }
}
