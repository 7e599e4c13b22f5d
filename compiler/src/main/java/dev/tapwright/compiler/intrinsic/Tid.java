package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code tid()}. */
final class Tid implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "tid",
          List.of(),
          Result.LONG,
          "Number of the thread that hit the probe. The first thread of a process has the number of the "
              + "process.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.GET_CURRENT_PID_TGID);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.low32(emitter.call(Helper.GET_CURRENT_PID_TGID, List.of())));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.threadId());
  }
}
