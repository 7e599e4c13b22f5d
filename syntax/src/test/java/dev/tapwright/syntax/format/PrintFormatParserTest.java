package dev.tapwright.syntax.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.FormatPart.Size;
import dev.tapwright.syntax.format.FormatPart.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintFormatParserTest {
  private static final Size NONE = new Size.Absent();

  private static List<FormatPart> parts(String format) {
    PrintFormatParser.Result result = PrintFormatParser.parse(format);
    assertThat(result.mistakes()).isEmpty();
    return result.format().parts();
  }

  @Test
  void textAndDirectivesAlternate() {
    assertThat(parts("a%d%%b%s"))
        .containsExactly(
            new Text("a"),
            new Directive(Flag.NONE, NONE, NONE, Conversion.SIGNED),
            new Text("%b"),
            new Directive(Flag.NONE, NONE, NONE, Conversion.STRING));
  }

  @Test
  void flagWidthPrecisionAndLengthAreTaken() {
    assertThat(parts("%-8.3ld%0*.*x%#X"))
        .containsExactly(
            new Directive(Flag.LEFT, new Size.Fixed(8), new Size.Fixed(3), Conversion.SIGNED),
            new Directive(
                Flag.ZERO,
                new Size.FromArgument(),
                new Size.FromArgument(),
                Conversion.HEXADECIMAL),
            new Directive(Flag.ALTERNATE, NONE, NONE, Conversion.HEXADECIMAL_CAPITALS));
  }

  @Test
  void everyConversionIsKnown() {
    assertThat(parts("%b%c%d%i%u%o%x%X%p%s%m%M")).hasSize(12);
  }

  @Test
  void aDirectiveWithoutAConversionIsAMistake() {
    for (String wrong : List.of("%", "%z", "%-", "%5.")) {
      assertThat(PrintFormatParser.parse(wrong).mistakes())
          .as(wrong)
          .containsExactly("invalid or missing conversion specifier");
    }
  }
}
