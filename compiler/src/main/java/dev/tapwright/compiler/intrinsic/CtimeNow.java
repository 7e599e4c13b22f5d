package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code ctime()}. */
final class CtimeNow implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "ctime",
          List.of(),
          Result.STRING,
          "The time now as text of 24 bytes in UTC such as \"Wed Jun 30 21:49:08 1993\".");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(Ctime.text(context, context.realTimeNanoseconds() / 1_000_000_000));
  }
}
