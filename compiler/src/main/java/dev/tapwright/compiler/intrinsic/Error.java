package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code error(msg)}. */
final class Error implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "error",
          List.of(Parameter.text("msg")),
          Result.NONE,
          "Ends the handler with an error of that message, which try and catch can catch. More errors "
              + "than MAXERRORS (0 unless set by -D) end the session.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    emitter.raise(arguments.getFirst());
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    throw context.fault(Arguments.text(arguments, 0));
  }
}
