package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;

/**
 * What a handler's loops cost a verifier that walks through them turn by turn: it looks at every
 * instruction of every turn, and puts off a branch for every condition in it.
 *
 * @param steps steps looked at
 * @param branches branches put off
 */
public record LoopCost(double steps, double branches) {
  /** Instructions for each step of intermediate code, with the verifier's detours; measured. */
  private static final double INSTRUCTIONS = 3;

  /** What of its limits the verifier is asked for. */
  private static final double SHARE = 0.8;

  /** Of a handler. */
  public static LoopCost of(Flow flow) {
    double steps = 0;
    double branches = 0;
    for (Block block : flow.blocks()) {
      if (block.turns() > 1) {
        steps += (double) block.turns() * (block.lines().size() + 1);
        branches += block.end() instanceof Terminator.Branch ? block.turns() : 0;
      }
    }
    return new LoopCost(steps, branches);
  }

  /** By how much it is over what a kernel takes: 1 or less when it is not. */
  public double excess(KernelProfile profile) {
    if (profile.has(KernelFeature.MAY_GOTO)) {
      return 0;
    }
    return Math.max(
        steps * INSTRUCTIONS / (profile.instructionLimit() * SHARE),
        branches / (JumpSequence.limit(profile) * SHARE));
  }
}
