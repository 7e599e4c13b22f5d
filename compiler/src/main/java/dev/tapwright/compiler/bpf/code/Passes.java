package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.BlockPlacement.RareBlocks;

/** The passes over intermediate code, in their order. */
public final class Passes {
  private Passes() {}

  /** Runs them all: the result is ready for {@link RegisterAllocator}. */
  public static Flow optimized(Flow lowered, RareBlocks rareBlocks) {
    Flow flow = BlockOrder.run(lowered);
    // Straightening joins blocks, which lets values be followed further, which decides more
    // branches.
    int blocks = 0;
    for (int round = 0; round < 2 && flow.blocks().size() != blocks; round++) {
      blocks = flow.blocks().size();
      flow = BlockOrder.run(LocalValues.run(flow));
    }
    flow = DeadStores.run(DeadSteps.run(flow));
    flow = DirectResults.run(flow);
    flow = LocalValues.run(flow);
    flow = DeadSteps.run(flow);
    return Legalizer.run(LoopCarried.run(BlockOrder.run(flow, rareBlocks)));
  }
}
