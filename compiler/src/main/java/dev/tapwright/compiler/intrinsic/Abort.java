package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code abort()}. */
final class Abort implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "abort",
          List.of(),
          Result.NONE,
          "Ends the handler at once, past every catch, and asks for the end of the session as exit() "
              + "does.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    emitter.abort();
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    context.exit();
    throw context.endOfHandler();
  }
}
