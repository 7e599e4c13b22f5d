package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code gid()}. */
final class Gid implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "gid",
          List.of(),
          Result.LONG,
          "Number of the real group of the process that hit the probe.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.GET_CURRENT_UID_GID);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(
        emitter.shiftRightUnsigned(emitter.call(Helper.GET_CURRENT_UID_GID, List.of()), 32));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.groupId());
  }
}
