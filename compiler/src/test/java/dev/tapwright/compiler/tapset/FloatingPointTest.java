package dev.tapwright.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.cli.StapCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library's floating point against Java's, bit for bit. Any NaN is as good as another. */
final class FloatingPointTest {
  private static final int RANDOM_CASES = 2000;
  private static final long SIGN = Long.MIN_VALUE;

  private static final double[] EDGES = {
    0,
    -0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Double.longBitsToDouble(0x7ff0_0000_0000_0001L),
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Math.nextDown(Double.MIN_NORMAL),
    Double.MIN_NORMAL,
    Math.nextUp(Double.MIN_NORMAL),
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    0.5,
    1,
    -1,
    Math.nextDown(1.0),
    Math.nextUp(1.0),
    1.5,
    2,
    -2.5,
    3,
    0.1,
    4503599627370495.5,
    0x1p53,
    0x1p62,
    0x1p63,
    -0x1p63,
    0x1p64,
    1e300,
    1e-300
  };

  @TempDir Path folder;

  private final Random random = new Random(754);
  private final List<String> expected = new ArrayList<>();
  private final StringBuilder calls = new StringBuilder();

  @Test
  void computesAsJavaDoes() throws IOException {
    for (double first : EDGES) {
      for (double second : EDGES) {
        expectOfTwo(first, second);
      }
      expectOfOne(first);
    }
    for (int i = 0; i < RANDOM_CASES; i++) {
      double first = any();
      expectOfTwo(first, random.nextInt(4) == 0 ? near(first) : any());
      expectOfOne(first);
    }

    assertThat(
            run(
                """
                function two(a, b) {
                  printf("%x %x: %x %x %x %x %x %d %d %d\\n", a, b, fp_add(a, b), fp_sub(a, b), fp_mul(a, b), fp_div(a, b),
                    fp_rem(a, b), fp_eq(a, b), fp_le(a, b), fp_lt(a, b))
                }
                function one(a) {
                  printf("%x: %x %x %x %d %d %d %d %d %d\\n", a, fp_sqrt(a), fp32_to_fp64(a >> 20), long_to_fp(a),
                    fp_to_long(a, 0, 0), fp_to_long(a, 1, 0), fp_to_long(a, 2, 0), fp_to_long(a, 3, 0),
                    fp_to_long(a, 4, 1), fp_to_long(a, 6, 1))
                }
                """))
        .isEqualTo(expected);
  }

  @Test
  void writesAsJavaDoes() throws IOException {
    int[] precisions = {-1, 0, 1, 2, 3, 6, 9, 10, 17, 18, 27, 60, 61};
    for (double value : EDGES) {
      for (int precision : precisions) {
        expectText(value, precision);
      }
    }
    for (int i = 0; i < RANDOM_CASES; i++) {
      expectText(any(), precisions[random.nextInt(precisions.length)]);
    }

    assertThat(run("function text(a, digits) { println(fp_to_string(a, digits)) }\n"))
        .isEqualTo(expected);
  }

  @Test
  void readsAsJavaDoes() throws IOException {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "1",
                "+5",
                "-0",
                " 7\\t",
                ".5",
                "5.",
                "1e5",
                "1E+5",
                "1e-5",
                "0.000",
                "0e999",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e400",
                "-1e400",
                "1e-400",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1.7976931348623158e308",
                "1.7976931348623159e308",
                "2.2250738585072011e-308",
                "9007199254740993",
                "9007199254740992.99999999999999999999999999999999999999999",
                "9007199254740993.0000000000000000000000000000000000000000000000000000000001",
                "0".repeat(90) + "1.5",
                "1" + "0".repeat(100) + "e-100",
                "99e99999999999999999999"));
    for (int i = 0; i < RANDOM_CASES; i++) {
      texts.add(randomText());
    }
    for (String text : texts) {
      call("number(\"" + text + "\")");
      expected.add(bits(Double.parseDouble(text.replace("\\t", " ").strip())));
    }
    for (String none :
        List.of("", " ", ".", "-", "e5", "1e", "1e+", "1..2", "--1", "1x", "nan", "1 2")) {
      call("number(\"" + none + "\")");
      expected.add(bits(0));
    }

    assertThat(run("function number(text) { printf(\"%x\\n\", string_to_fp(text)) }\n"))
        .isEqualTo(expected);
  }

  private void expectOfTwo(double first, double second) {
    long a = Double.doubleToRawLongBits(first);
    long b = Double.doubleToRawLongBits(second);
    call("two(0x%x, 0x%x)".formatted(a, b));
    expected.add(
        "%x %x: %s %s %s %s %s %d %d %d"
            .formatted(
                a,
                b,
                bits(first + second),
                bits(first - second),
                bits(first * second),
                bits(first / second),
                bits(Math.IEEEremainder(first, second)),
                first == second ? 1 : 0,
                first <= second ? 1 : 0,
                first < second ? 1 : 0));
  }

  private void expectOfOne(double value) {
    long a = Double.doubleToRawLongBits(value);
    call("one(0x%x)".formatted(a));
    expected.add(
        "%x: %s %s %s %d %d %d %d %d %d"
            .formatted(
                a,
                bits(Math.sqrt(value)),
                bits(Float.intBitsToFloat((int) (a >> 20))),
                bits((double) a),
                whole(value, RoundingMode.HALF_EVEN),
                whole(value, RoundingMode.DOWN),
                whole(value, RoundingMode.FLOOR),
                whole(value, RoundingMode.CEILING),
                whole(value, RoundingMode.HALF_UP),
                toOdd(value)));
  }

  private void expectText(double value, int precision) {
    call("text(0x%x, %d)".formatted(Double.doubleToRawLongBits(value), precision));
    expected.add(
        Double.isNaN(value)
            ? "NaN"
            : Double.isInfinite(value)
                ? value > 0 ? "inf" : "-inf"
                : new BigDecimal(value)
                    .setScale(Math.clamp(precision, 0, 60), RoundingMode.DOWN)
                    .toPlainString());
  }

  private static String bits(double value) {
    return Long.toHexString(Double.doubleToLongBits(value));
  }

  private static long whole(double value, RoundingMode rounding) {
    return Double.isFinite(value)
        ? saturated(new BigDecimal(value).setScale(0, rounding).toBigInteger())
        : (long) value;
  }

  private static long toOdd(double value) {
    long inward = whole(value, RoundingMode.DOWN);
    return inward % 2 == 0 ? whole(value, RoundingMode.UP) : inward;
  }

  private static long saturated(BigInteger whole) {
    return whole.bitLength() < Long.SIZE
        ? whole.longValue()
        : whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** Of all sizes, of those about 1, whole and half ones, and from below the normal ones. */
  private double any() {
    long bits =
        switch (random.nextInt(7)) {
          case 0 -> Double.doubleToRawLongBits(EDGES[random.nextInt(EDGES.length)]);
          case 1 -> random.nextLong();
          case 2 -> random.nextLong() >>> random.nextInt(12, 64);
          case 3 -> normal(random.nextInt(-70, 70));
          case 4 -> normal(random.nextInt(-230, 5));
          case 5 -> random.nextLong(2047) << 52;
          default -> Double.doubleToRawLongBits(random.nextInt(-1000, 1000) / 2.0);
        };
    return Double.longBitsToDouble(random.nextBoolean() ? bits : bits ^ SIGN);
  }

  /** Another number that cancels the greater part of one, or decides how it is rounded. */
  private double near(double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (random.nextBoolean()) {
      return Double.longBitsToDouble(bits ^ random.nextInt(8) ^ SIGN);
    }
    long exponent = Math.max(0, ((bits >>> 52) & 2047) - random.nextInt(51, 56));
    long fraction = random.nextBoolean() ? 0 : random.nextLong() >>> 12;
    return Double.longBitsToDouble((exponent << 52) | fraction | (random.nextLong() & SIGN));
  }

  /** Bits with that exponent. */
  private long normal(int exponent) {
    return ((1023L + exponent) << 52) | (random.nextLong() >>> 12);
  }

  private String randomText() {
    double value = Double.longBitsToDouble(normal(random.nextInt(-1023, 1024)));
    return switch (random.nextInt(5)) {
      case 0 -> Double.toString(value);
      case 1 ->
          "%d.%de%d"
              .formatted(
                  random.nextLong(1L << random.nextInt(1, 60)),
                  random.nextLong(1L << random.nextInt(1, 60)),
                  random.nextInt(-345, 310));
      case 2 -> new BigInteger(random.nextInt(1, 600), random).toString();
      case 3 -> {
        // In the middle of two, whose digits are few enough; or just above.
        double low = Double.longBitsToDouble(normal(random.nextInt(-4, 80)));
        String middle =
            new BigDecimal(low)
                .add(new BigDecimal(Math.nextUp(low)))
                .divide(BigDecimal.valueOf(2))
                .toPlainString();
        boolean isAbove = middle.contains(".") && random.nextBoolean();
        yield isAbove ? middle + "0".repeat(random.nextInt(30)) + "1" : middle;
      }
      default -> "%.17e".formatted(value);
    };
  }

  private void call(String call) {
    calls.append(call).append('\n');
  }

  /** What the functions print that were called, after their declaration. */
  private List<String> run(String declarations) throws IOException {
    Path script = folder.resolve("script.stp");
    Files.writeString(script, declarations + "probe begin {\n" + calls + "exit()\n}\n");
    Path output = folder.resolve("output");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StapCommand.run(
        List.of("-DMAXACTION=100000000", "-o", output.toString(), script.toString()),
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream()),
        new PrintStream(err, false, StandardCharsets.UTF_8));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    return Files.readAllLines(output);
  }
}
