package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.Optional;
import java.util.Set;

/**
 * What a handler has in {@link Scratch}.
 *
 * @param base the register with its address; empty when the handler does without
 * @param bytes used bytes, a multiple of 8
 * @param followed registers that stay where the verifier knows their value: counters of loops that
 *     it walks through turn by turn
 */
public record ScratchUse(Optional<Virtual> base, int bytes, Set<Virtual> followed) {
  /** Of a handler that does without. */
  static final ScratchUse NONE = new ScratchUse(Optional.empty(), 0, Set.of());

  /** Copies the set. */
  public ScratchUse {
    followed = Set.copyOf(followed);
  }

  /** The same with more bytes. */
  ScratchUse withBytes(int other) {
    return new ScratchUse(base, other, followed);
  }
}
