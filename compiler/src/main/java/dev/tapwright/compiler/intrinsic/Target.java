package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code target()}. */
final class Target implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "target",
          List.of(),
          Result.LONG,
          "Number of the process that -x names or -c starts; 0 when neither was given.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.session(KernelEmitter.SessionField.TARGET_PROCESS));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.targetProcess());
  }
}
