package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code execname()}. */
final class Execname implements Intrinsic {
  /** {@code TASK_COMM_LEN} in include/linux/sched.h. */
  private static final int CAPACITY = 16;

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
  public OptionalInt resultCapacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.stringFrom(Helper.GET_CURRENT_COMM, CAPACITY));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.processName());
  }
}
