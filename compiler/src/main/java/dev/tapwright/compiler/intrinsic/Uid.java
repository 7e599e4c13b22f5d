package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code uid()}. */
final class Uid implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "uid",
          List.of(),
          Result.LONG,
          "Number of the real user of the process that hit the probe.");

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
    return Optional.of(emitter.low32(emitter.call(Helper.GET_CURRENT_UID_GID, List.of())));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.userId());
  }
}
