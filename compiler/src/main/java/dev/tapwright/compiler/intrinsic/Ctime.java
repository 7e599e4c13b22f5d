package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code ctime(epochsecs)}. */
final class Ctime implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "ctime",
          List.of(Parameter.number("epochsecs")),
          Result.STRING,
          "A time, given in seconds since the beginning of 1970, as text of 24 bytes in UTC such as "
              + "\"Wed Jun 30 21:49:08 1993\". An error when it does not fit into 32 bits.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  /** Bytes of a time, with the NUL. */
  static final int CAPACITY = 25;

  @Override
  public OptionalInt resultCapacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.time(arguments.getFirst()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(text(context, Arguments.number(arguments, 0)));
  }

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  static String text(UserContext context, long seconds) {
    if (seconds != (int) seconds) {
      throw context.fault("ctime: " + seconds + " seconds are out of range");
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    int day = 3 * (time.getDayOfWeek().getValue() - 1);
    int month = 3 * (time.getMonthValue() - 1);
    return DAYS.substring(day, day + 3)
        + " "
        + MONTHS.substring(month, month + 3)
        + (time.getDayOfMonth() < 10 ? "  " : " ")
        + time.getDayOfMonth()
        + " "
        + twoDigits(time.getHour())
        + ":"
        + twoDigits(time.getMinute())
        + ":"
        + twoDigits(time.getSecond())
        + " "
        + time.getYear();
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
