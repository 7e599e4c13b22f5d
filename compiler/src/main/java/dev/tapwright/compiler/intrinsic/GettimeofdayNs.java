package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code gettimeofday_ns()}. */
final class GettimeofdayNs implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "gettimeofday_ns",
          List.of(),
          Result.LONG,
          "Wall-clock time: nanoseconds since the beginning of 1970, UTC.");

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
    return Optional.of(RealTime.nanoseconds(emitter));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.realTimeNanoseconds());
  }
}
