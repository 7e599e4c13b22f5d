package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantExpressionTest {
  /** Values as a C compiler gives them; {@code -} for what is left to one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "ONE = 1",
        "LARGE = 4294967296",
        "ONE + 2 * 3 = 7",
        "(ONE+2)*3 = 9",
        "1 << 4 | ONE = 17",
        "6 & 3 ^ 1 = 3",
        "10 - 4 - 3 = 3",
        "-7 / 2 = -3",
        "-7 % 4 = -3",
        "~0x0f = -16",
        "-16 >> 2 = -4",
        "010 + 1 = 9",
        "- - 2 = 2",
        "08 = -",
        "1 << 31 = -",
        "-1 << 1 = -",
        "1 << 32 = -",
        "0x7fffffff + 1 = -",
        "0x80000000 + 0 = -",
        "LARGE + 0 = -",
        "1 / 0 = -",
        "1 % 0 = -",
        "OTHER = -",
        "ONE + OTHER = -",
        "sizeof(int) = -",
        "1 + = -",
        "(1 = -",
        "1) = -",
        "1 2 = -",
        "ONE ? 2 : 3 = -",
        "1u + 1 = -",
        "'' = -",
      })
  void areAsInC(String expression, String value) {
    OptionalLong found = ConstantExpression.value(expression, ConstantExpressionTest::named);
    assertThat(found.isPresent() ? Long.toString(found.getAsLong()) : "-").isEqualTo(value);
  }

  private static OptionalLong named(String name) {
    return switch (name) {
      case "ONE" -> OptionalLong.of(1);
      case "LARGE" -> OptionalLong.of(1L << 32);
      default -> OptionalLong.empty();
    };
  }
}
