package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** {@code tz_gmtoff()}. */
final class TzGmtoff implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "tz_gmtoff",
          List.of(),
          Result.LONG,
          "Seconds that the time of this machine's zone is behind UTC; negative east of Greenwich.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(-now().getOffset().getTotalSeconds());
  }

  /** Now, in the zone of this machine. */
  static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneId.systemDefault());
  }
}
