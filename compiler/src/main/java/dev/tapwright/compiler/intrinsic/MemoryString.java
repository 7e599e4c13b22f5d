package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code kernel_string(addr)}, {@code user_string(addr)} and those of a length, {@code
 * kernel_string_n(addr, n)} and {@code user_string_n(addr, n)}.
 */
final class MemoryString implements Intrinsic {
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

  /** Which process would that be? */
  @Override
  public Set<Placement> placements() {
    return isUser ? EnumSet.of(Placement.KERNEL) : EnumSet.allOf(Placement.class);
  }

  @Override
  public boolean readsKernelMemory() {
    return !isUser;
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

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    long address = Arguments.number(arguments, 0);
    long limit = hasLength ? Arguments.number(arguments, 1) : context.stringLength();
    String text =
        context
            .kernelText(address, Math.clamp(limit, 0, context.stringLength()))
            .orElseThrow(
                () -> context.fault("kernel read fault at 0x%016x (addr)".formatted(address)));
    return Optional.of(new Value.StringValue(text));
  }
}
