package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code tz_name()}. */
final class TzName implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "tz_name",
          List.of(),
          Result.STRING,
          "The short name of the time zone of this machine, such as CET.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(TzGmtoff.now().format(DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)));
  }
}
