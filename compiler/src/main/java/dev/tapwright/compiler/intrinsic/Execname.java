package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code execname()}. */
final class Execname implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "execname",
          List.of(),
          Result.STRING,
          "Name of the process that hit the probe, at most 15 bytes: what /proc/PID/comm shows.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.GET_CURRENT_COMM);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    // 16 bytes: TASK_COMM_LEN in include/linux/sched.h.
    return Optional.of(emitter.stringFrom(Helper.GET_CURRENT_COMM, 16));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.processName());
  }
}
