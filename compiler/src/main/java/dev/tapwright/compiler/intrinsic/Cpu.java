package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code cpu()}. */
final class Cpu implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "cpu", List.of(), Result.LONG, "Number of the processor that runs the handler, from 0.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.GET_SMP_PROCESSOR_ID);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.call(Helper.GET_SMP_PROCESSOR_ID, List.of()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.processor());
  }
}
