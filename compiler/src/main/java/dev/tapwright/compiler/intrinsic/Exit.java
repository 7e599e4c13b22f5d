package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code exit()}. */
final class Exit implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "exit",
          List.of(),
          Result.NONE,
          "Asks for the end of the session: the handlers that run now finish, no new ones start, and "
              + "then the end probes run.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    emitter.exit();
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    context.exit();
    return Optional.empty();
  }
}
