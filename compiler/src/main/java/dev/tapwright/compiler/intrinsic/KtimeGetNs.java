package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ktime_get_ns()}. */
final class KtimeGetNs implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "ktime_get_ns",
          List.of(),
          Result.LONG,
          "Time since the machine was started, without what it slept, in nanoseconds. For measuring how "
              + "long something takes.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.KTIME_GET_NS);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.call(Helper.KTIME_GET_NS, List.of()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.monotonicNanoseconds());
  }
}
