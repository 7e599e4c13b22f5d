package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code gettimeofday_us()}. */
final class GettimeofdayUs implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "gettimeofday_us",
          List.of(),
          Result.LONG,
          "Wall-clock time: microseconds since the beginning of 1970, UTC.");

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
    return Optional.of(emitter.divideUnsigned(RealTime.nanoseconds(emitter), 1_000));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.realTimeNanoseconds() / 1_000);
  }
}
