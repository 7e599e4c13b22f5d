package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code system(cmd)}. */
final class ShellCommand implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "system",
          List.of(Parameter.text("cmd")),
          Result.NONE,
          "Starts a command of the shell in the background, as the user who runs the session. Its output goes where "
              + "the session's goes.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    emitter.system(arguments.getFirst());
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    context.system(Arguments.text(arguments, 0));
    return Optional.empty();
  }
}
