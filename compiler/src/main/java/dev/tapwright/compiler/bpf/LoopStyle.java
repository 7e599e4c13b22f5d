package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.TurnFunctions;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;

/** How a handler's loops are shown to the verifier to end. */
enum LoopStyle {
  /** By {@code may_goto}: the kernel sees to it. */
  KERNEL,
  /** In a function that is called once a turn, and looked at once: {@link TurnFunctions}. */
  FUNCTIONS,
  /** By a register that the verifier follows down to zero, turn by turn. */
  FOLLOWED;

  /** The best that a kernel carries. */
  static LoopStyle of(KernelProfile profile) {
    if (profile.has(KernelFeature.MAY_GOTO)) {
      return KERNEL;
    }
    // The perf buffers of older kernels want the program's context, which functions do not have.
    return profile.has(KernelFeature.GLOBAL_FUNCTIONS) && profile.has(KernelFeature.RING_BUFFER)
        ? FUNCTIONS
        : FOLLOWED;
  }
}
