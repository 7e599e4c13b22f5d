package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code kernel_string(addr)}, {@code user_string(addr)} and those of a length, {@code
 * kernel_string_n(addr, n)} and {@code user_string_n(addr, n)}.
 */
final class MemoryString implements KernelIntrinsic {
  private final Signature signature;
  private final boolean isUser;
  private final boolean hasLength;

  /**
   * One of them.
   *
   * @param isUser of the process that hit the probe, not of the kernel
   * @param hasLength takes a length
   */
  MemoryString(boolean isUser, boolean hasLength) {
    this.isUser = isUser;
    this.hasLength = hasLength;
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

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.PROBE_READ_STR);
  }

  @Override
  public OptionalInt resultCapacity(List<OptionalLong> arguments) {
    return hasLength
            && arguments.get(1).isPresent()
            && arguments.get(1).getAsLong() >= 0
            && arguments.get(1).getAsLong() < Integer.MAX_VALUE
        ? OptionalInt.of((int) arguments.get(1).getAsLong() + 1)
        : OptionalInt.empty();
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(
        emitter.stringAt(
            arguments.get(0),
            isUser,
            hasLength ? Optional.of(arguments.get(1)) : Optional.empty()));
  }
}
