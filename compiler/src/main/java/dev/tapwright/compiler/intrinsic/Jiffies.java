package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code jiffies()}. */
final class Jiffies implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "jiffies",
          List.of(),
          Result.LONG,
          "Ticks of the kernel's clock since the machine was started; HZ() says how many a second has.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public boolean readsKernelMemory() {
    return true;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.JIFFIES64);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.call(Helper.JIFFIES64, List.of()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        context
            .kernelNumber(UserHost.KernelNumber.JIFFIES)
            .orElseThrow(() -> context.fault("the kernel cannot be asked")));
  }
}
