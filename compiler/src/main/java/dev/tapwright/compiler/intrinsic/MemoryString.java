package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code kernel_string(addr)}, {@code user_string(addr)} and those of a length, {@code
 * kernel_string_n(addr, n)} and {@code user_string_n(addr, n)}.
 */
final class MemoryString implements KernelIntrinsic {
  private final Signature signature;

  /**
   * One of them.
   *
   * @param isUser of the process that hit the probe, not of the kernel
   * @param hasLength takes a length
   */
  MemoryString(boolean isUser, boolean hasLength) {
    List<Parameter> parameters = new ArrayList<>(List.of(Parameter.number("addr")));
    if (hasLength) {
      parameters.add(Parameter.number("n"));
    }
    signature =
        new Signature(
            (isUser ? "user_string" : "kernel_string") + (hasLength ? "_n" : ""),
            parameters,
            Result.STRING,
            "The NUL-terminated string%s at an address of %s. An address that cannot be read is an error."
                .formatted(
                    hasLength ? " of at most `n` bytes" : "",
                    isUser ? "the process that hit the probe" : "the kernel"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  /** Nowhere yet: what reads memory in a handler is still being made. */
  @Override
  public Set<Placement> placements() {
    return Set.of();
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of();
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    throw new IllegalStateException(signature.name() + " is not placed in the kernel");
  }
}
