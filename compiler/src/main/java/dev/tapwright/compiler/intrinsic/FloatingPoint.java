package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/**
 * Arithmetic with floating point numbers of 64 bits (IEEE 754), each kept as the bits of it in a
 * number of the language: {@code fp_add} and its kin.
 */
final class FloatingPoint implements UserIntrinsic {
  private final Signature signature;
  private final Function<List<Value>, Optional<Value>> code;

  private FloatingPoint(Signature signature, Function<List<Value>, Optional<Value>> code) {
    this.signature = signature;
    this.code = code;
  }

  /** All of them. */
  static List<Intrinsic> all() {
    return List.of(
        binary("fp_add", "The sum of two floating point numbers.", (a, b) -> a + b),
        binary("fp_sub", "The difference of two floating point numbers.", (a, b) -> a - b),
        binary("fp_mul", "The product of two floating point numbers.", (a, b) -> a * b),
        binary("fp_div", "The quotient of two floating point numbers.", (a, b) -> a / b),
        binary(
            "fp_rem",
            "The remainder of two floating point numbers (IEEE 754): what is left when the nearest whole "
                + "multiple of the second is taken from the first.",
            Math::IEEEremainder),
        compare(
            "fp_eq",
            "Whether two floating point numbers are equal: 1 or 0.",
            (a, b) -> a == b ? 1 : 0),
        compare(
            "fp_le",
            "Whether the first of two floating point numbers is the smaller, or they are equal: 1 or 0.",
            (a, b) -> a <= b ? 1 : 0),
        compare(
            "fp_lt",
            "Whether the first of two floating point numbers is the smaller: 1 or 0.",
            (a, b) -> a < b ? 1 : 0),
        unary(
            "fp_sqrt",
            "The square root of a floating point number.",
            bits -> toBits(Math.sqrt(Double.longBitsToDouble(bits)))),
        unary(
            "fp32_to_fp64",
            "A floating point number of 32 bits as one of 64.",
            bits -> toBits(Float.intBitsToFloat((int) bits.longValue()))),
        unary("long_to_fp", "A whole number as a floating point number.", number -> toBits(number)),
        new FloatingPoint(
            new Signature(
                "fp_to_long",
                List.of(
                    Parameter.number("infp"),
                    Parameter.number("roundingMode"),
                    Parameter.number("exact")),
                Result.LONG,
                "A floating point number as a whole number. Rounding: 0 to the nearest, halves to the even one, "
                    + "1 towards zero, 2 down, 3 up, 4 to the nearest, halves away from zero, 6 to odd; `exact` has "
                    + "no effect."),
            arguments ->
                Arguments.of(
                    rounded(
                        Double.longBitsToDouble(Arguments.number(arguments, 0)),
                        Arguments.number(arguments, 1)))),
        new FloatingPoint(
            new Signature(
                "fp_to_string",
                List.of(Parameter.number("infp"), Parameter.number("precision")),
                Result.STRING,
                "A floating point number in decimal, with so many digits behind the point; the rest is cut off."),
            arguments ->
                Arguments.of(
                    text(
                        Double.longBitsToDouble(Arguments.number(arguments, 0)),
                        Arguments.number(arguments, 1)))),
        new FloatingPoint(
            new Signature(
                "string_to_fp",
                List.of(Parameter.text("input")),
                Result.LONG,
                "The floating point number that a string gives in decimal; 0 when it gives none."),
            arguments -> Arguments.of(toBits(parsed(Arguments.text(arguments, 0))))));
  }

  private static FloatingPoint binary(
      String name, String documentation, DoubleBinaryOperator operator) {
    return compare(name, documentation, (a, b) -> toBits(operator.applyAsDouble(a, b)));
  }

  private interface Comparison {
    long of(double first, double second);
  }

  private static FloatingPoint compare(String name, String documentation, Comparison comparison) {
    return new FloatingPoint(
        new Signature(
            name,
            List.of(Parameter.number("first"), Parameter.number("second")),
            Result.LONG,
            documentation),
        arguments ->
            Arguments.of(
                comparison.of(
                    Double.longBitsToDouble(Arguments.number(arguments, 0)),
                    Double.longBitsToDouble(Arguments.number(arguments, 1)))));
  }

  private static FloatingPoint unary(
      String name, String documentation, Function<Long, Long> operator) {
    return new FloatingPoint(
        new Signature(name, List.of(Parameter.number("input")), Result.LONG, documentation),
        arguments -> Arguments.of(operator.apply(Arguments.number(arguments, 0))));
  }

  private static long toBits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long rounded(double value, long mode) {
    if (!Double.isFinite(value)) {
      return (long) value;
    }
    RoundingMode rounding =
        switch ((int) mode) {
          case 1, 6 -> RoundingMode.DOWN;
          case 2 -> RoundingMode.FLOOR;
          case 3 -> RoundingMode.CEILING;
          case 4 -> RoundingMode.HALF_UP;
          default -> RoundingMode.HALF_EVEN;
        };
    BigDecimal exact = new BigDecimal(value);
    BigDecimal whole = exact.setScale(0, rounding);
    boolean isOdd = whole.toBigInteger().testBit(0);
    if (mode == 6 && !isOdd && whole.compareTo(exact) != 0) {
      whole = whole.add(BigDecimal.valueOf(exact.signum()));
    }
    return (long) whole.doubleValue() == Long.MAX_VALUE || whole.precision() > 18
        ? (long) whole.doubleValue()
        : whole.longValue();
  }

  private static String text(double value, long precision) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    int digits = Math.clamp(precision, 0, 60);
    return new BigDecimal(value).setScale(digits, RoundingMode.DOWN).toPlainString();
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return code.apply(arguments);
  }
}
