package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code pid()}. */
final class Pid implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "pid",
          List.of(),
          Result.LONG,
          "Number of the process that hit the probe: the one its threads share. In begin, end, error "
              + "and timer probes it is the process that runs the session.");

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
    return Optional.of(
        emitter.shiftRightUnsigned(emitter.call(Helper.GET_CURRENT_PID_TGID, List.of()), 32));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.processId());
  }
}
