package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code assert(expression, msg)}. */
final class AssertMessage implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "assert",
          List.of(Parameter.number("expression"), Parameter.text("msg")),
          Result.NONE,
          "Ends the handler with an error of that message when the expression is 0. try and catch can "
              + "catch the error.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    emitter.require(arguments.get(0), arguments.get(1));
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    if (Arguments.number(arguments, 0) == 0) {
      throw context.fault(Arguments.text(arguments, 1));
    }
    return Optional.empty();
  }
}
