package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import java.util.List;

/**
 * How many branches the verifier puts off: at each conditional jump it goes on with the next
 * instruction, and keeps the jump's target for later. It gives up on a program in which too many
 * are put off at one time.
 */
public final class JumpSequence {
  /** {@code BPF_COMPLEXITY_LIMIT_STACK} in kernel/bpf/verifier.c up to 5.2. */
  private static final int SMALL_LIMIT = 1024;

  /** {@code BPF_COMPLEXITY_LIMIT_JMP_SEQ} since, as bounded loops needed more. */
  private static final int LARGE_LIMIT = 8192;

  private JumpSequence() {}

  /** The most that a kernel puts off. */
  public static int limit(KernelProfile profile) {
    return profile.has(KernelFeature.BOUNDED_LOOPS) ? LARGE_LIMIT : SMALL_LIMIT;
  }

  /** The most that instructions make it put off; jumps backward are taken once. */
  public static int longest(List<Instruction> instructions) {
    int[] pending = new int[instructions.size() + 1];
    for (int i = instructions.size() - 1; i >= 0; i--) {
      pending[i] =
          switch (instructions.get(i)) {
            case Instruction.MayGoto(int target) -> Math.max(1 + pending[i + 1], pending[target]);
            case Instruction.JumpIf jump -> Math.max(1 + pending[i + 1], pending[jump.target()]);
            case Instruction.Jump(int target) -> pending[target];
            case Instruction.Exit() -> 0;
            default -> pending[i + 1];
          };
    }
    int longest = pending[0];
    for (Instruction instruction : instructions) {
      // Functions are looked at on their own.
      if (instruction instanceof Instruction.CallFunction(int target)) {
        longest = Math.max(longest, pending[target]);
      }
    }
    return longest;
  }
}
