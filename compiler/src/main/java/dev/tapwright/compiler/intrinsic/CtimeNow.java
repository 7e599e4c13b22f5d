package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code ctime()}. */
final class CtimeNow implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "ctime",
          List.of(),
          Result.STRING,
          "The time now as text of 24 bytes in UTC such as \"Wed Jun 30 21:49:08 1993\".");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public OptionalInt resultCapacity() {
    return OptionalInt.of(Ctime.CAPACITY);
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.KTIME_GET_NS);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(
        emitter.time(emitter.divideUnsigned(RealTime.nanoseconds(emitter), 1_000_000_000)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(Ctime.text(context, context.realTimeNanoseconds() / 1_000_000_000));
  }
}
