package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code strlen(str)}. */
final class Strlen implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "strlen", List.of(Parameter.text("str")), Result.LONG, "Length of the string in bytes.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(Arguments.text(arguments, 0).length());
  }
}
