package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code warn(msg)}. */
final class Warn implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "warn",
          List.of(Parameter.text("msg")),
          Result.NONE,
          "Prints a warning: a line on standard error with WARNING: before the message.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    emitter.warn(arguments.getFirst());
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String message = Arguments.text(arguments, 0);
    context.warn(message.endsWith("\n") ? message.substring(0, message.length() - 1) : message);
    return Optional.empty();
  }
}
