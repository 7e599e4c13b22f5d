package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code pp()}. */
final class Pp implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "pp",
          List.of(),
          Result.STRING,
          "The probe point whose handler runs, resolved: aliases and wildcards expanded.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.probePoint());
  }
}
