package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code pn()}. */
final class ScriptProbeName implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "pn",
          List.of(),
          Result.STRING,
          "The probe point whose handler runs, as the script has it: the name of its alias where it has one, wildcards "
              + "expanded.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.text(emitter.scriptPoint()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.scriptPoint());
  }
}
