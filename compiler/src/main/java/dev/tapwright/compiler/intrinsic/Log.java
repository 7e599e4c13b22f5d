package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code log(msg)}. */
final class Log implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "log",
          List.of(Parameter.text("msg")),
          Result.NONE,
          "Prints the message on a line of its own.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    emitter.log(arguments.getFirst());
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String message = Arguments.text(arguments, 0);
    context.print(message.endsWith("\n") ? message : message + "\n");
    return Optional.empty();
  }
}
