package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code module_name()}. */
final class ModuleName implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "module_name",
          List.of(),
          Result.STRING,
          "A name for this session that no other running session has.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of("stap_" + context.processId());
  }
}
