package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code task_current()}. */
final class TaskCurrent implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "task_current",
          List.of(),
          Result.LONG,
          "The address of the `struct task_struct` of the thread that hit the probe; outside of the kernel, of the one that runs the handler.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<String> pointsTo() {
    return Optional.of("task_struct");
  }

  @Override
  public boolean readsKernelMemory() {
    return true;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.GET_CURRENT_TASK);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.call(Helper.GET_CURRENT_TASK, List.of()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        context
            .kernelNumber(UserHost.KernelNumber.CURRENT_TASK)
            .orElseThrow(() -> context.fault("the kernel cannot be asked")));
  }
}
