package dev.tapwright.compiler.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.FormatPart.Size;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatRendererTest {
  /** What SystemTap prints: flag, width, precision, conversion, argument, output. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "NONE|||SIGNED|-255|-255",
        "NONE|6||SIGNED|42|'    42'",
        "LEFT|6||SIGNED|42|'42    '",
        "ZERO|6||SIGNED|-42|-00042",
        "PLUS|||SIGNED|42|+42",
        "SPACE|||SIGNED|42|' 42'",
        "NONE||5|SIGNED|-42|-00042",
        "NONE|||SIGNED|-9223372036854775808|-9223372036854775808",
        "NONE|||UNSIGNED|-1|18446744073709551615",
        "NONE|||HEXADECIMAL|-1|ffffffffffffffff",
        "NONE|||OCTAL|-1|1777777777777777777777",
        "ALTERNATE|||HEXADECIMAL|0|0x0",
        "ALTERNATE|||OCTAL|0|00",
        "ALTERNATE|||HEXADECIMAL_CAPITALS|255|0XFF",
        "NONE|20||POINTER|4096|'              0x1000'",
        "NONE|||POINTER|0|0x0",
        "NONE|3||CHARACTER|65|'  A'",
        "NONE|8|2|STRING|'abc'|'      ab'",
        "LEFT|8||STRING|'abc'|'abc     '",
        "NONE|2||BINARY|17475|'CD'",
        "NONE||2|MEMORY_HEXADECIMAL|'ABC'|4142",
      })
  void renders(
      Flag flag,
      Integer width,
      Integer precision,
      Conversion conversion,
      String argument,
      String expected) {
    PrintFormat format =
        new PrintFormat(List.of(new Directive(flag, size(width), size(precision), conversion)));
    boolean isText = conversion == Conversion.STRING || conversion == Conversion.MEMORY_HEXADECIMAL;
    Value value = isText ? new StringValue(argument) : new LongValue(Long.parseLong(argument));

    assertThat(FormatRenderer.render(format, List.of(value))).isEqualTo(expected);
  }

  /**
   * Sizes from arguments, ints of which none is negative, and arguments that are missing or of the
   * wrong type.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "6,42|'[    42][]'",
        "-6,42|'[42][]'",
        "4294967302,42|'[    42][]'",
        "6|'[     0][]'",
        "1,2,7|'[2][7]'",
        "x,2|'[2][]'",
      })
  void takesSizesFromArguments(String arguments, String expected) {
    PrintFormat format =
        new PrintFormat(
            List.of(
                new FormatPart.Text("["),
                new Directive(
                    Flag.NONE, new Size.FromArgument(), new Size.Absent(), Conversion.SIGNED),
                new FormatPart.Text("]["),
                new Directive(Flag.NONE, new Size.Absent(), new Size.Absent(), Conversion.STRING),
                new FormatPart.Text("]")));
    List<Value> values =
        Arrays.stream(arguments.split(","))
            .<Value>map(
                text ->
                    text.equals("x") ? new StringValue(text) : new LongValue(Long.parseLong(text)))
            .toList();

    assertThat(FormatRenderer.render(format, values)).isEqualTo(expected);
  }

  private static Size size(Integer count) {
    return count == null ? new Size.Absent() : new Size.Fixed(count);
  }
}
