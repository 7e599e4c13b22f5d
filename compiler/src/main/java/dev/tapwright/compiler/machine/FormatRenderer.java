package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.EscapedText;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.FormatPart.Size;
import dev.tapwright.syntax.format.PrintFormat;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Renders formats as SystemTap does: all numbers have 64 bits. Strings, in and out, have one {@code
 * char} of 0 to 255 for each byte (Latin-1).
 *
 * <p>Rendering never fails: an argument that is missing is 0 or empty, and one of the wrong type is
 * taken for what it can be.
 */
public final class FormatRenderer {
  /** The widest field, and the most digits of a number: what fits SystemTap's print buffer. */
  private static final int MAXIMUM_WIDTH = 8192;

  private final StringBuilder output = new StringBuilder();
  private final List<? extends Value> arguments;
  private int next;

  private FormatRenderer(List<? extends Value> arguments) {
    this.arguments = arguments;
  }

  /**
   * Renders a format.
   *
   * @param format as {@link PrintFormats} makes it: its texts are bytes
   * @param arguments one for each directive, and before it one for each of its {@code *}. The
   *     argument of {@code %m} and {@code %M} is a string: the bytes of the memory
   */
  public static String render(PrintFormat format, List<? extends Value> arguments) {
    FormatRenderer renderer = new FormatRenderer(arguments);
    for (FormatPart part : format.parts()) {
      if (part instanceof FormatPart.Text text) {
        renderer.output.append(text.text());
      } else if (part instanceof Directive directive) {
        renderer.render(directive);
      }
    }
    return renderer.output.toString();
  }

  private void render(Directive directive) {
    int width = size(directive.width(), 0);
    boolean isLeft = directive.flag() == Flag.LEFT;
    int precision = size(directive.precision(), -1);
    switch (directive.conversion()) {
      case BINARY -> binary(number(), directive.width() instanceof Size.Absent ? 8 : width);
      case CHARACTER ->
          pad(
              character((char) (number() & 0xff), directive.flag() == Flag.ALTERNATE),
              width,
              isLeft);
      case STRING, MEMORY -> pad(firstOf(text(), precision), width, isLeft);
      case MEMORY_HEXADECIMAL -> pad(hexadecimal(firstOf(text(), precision)), width, isLeft);
      case SIGNED, UNSIGNED, OCTAL, HEXADECIMAL, HEXADECIMAL_CAPITALS, POINTER ->
          number(directive, width, isLeft, precision);
    }
  }

  private int size(Size size, int absent) {
    return switch (size) {
      case Size.Absent() -> absent;
      case Size.Fixed(int count) -> Math.min(count, MAXIMUM_WIDTH);
      // An int, as SystemTap 4.8 takes it, and none that is negative.
      case Size.FromArgument() -> {
        int count = (int) number();
        yield Math.clamp(count, 0, MAXIMUM_WIDTH);
      }
    };
  }

  private long number() {
    return next < arguments.size() && arguments.get(next++) instanceof LongValue number
        ? number.value()
        : 0;
  }

  private String text() {
    return next < arguments.size() ? asText(arguments.get(next++)) : "";
  }

  private static String asText(Value value) {
    return value instanceof StringValue text ? text.value() : value.toString();
  }

  private static String character(char value, boolean isEscaped) {
    boolean isPrinting = value >= ' ' && value <= '~';
    return isEscaped && !isPrinting ? EscapedText.escape(value) : String.valueOf(value);
  }

  private static String firstOf(String text, int precision) {
    return precision < 0 || precision >= text.length() ? text : text.substring(0, precision);
  }

  private static String hexadecimal(String bytes) {
    StringBuilder digits = new StringBuilder(2 * bytes.length());
    for (int i = 0; i < bytes.length(); i++) {
      digits.append(Character.forDigit((bytes.charAt(i) >> 4) & 0xf, 16));
      digits.append(Character.forDigit(bytes.charAt(i) & 0xf, 16));
    }
    return digits.toString();
  }

  private void pad(String text, int width, boolean isLeft) {
    if (!isLeft) {
      output.repeat(' ', Math.max(0, width - text.length()));
    }
    output.append(text);
    if (isLeft) {
      output.repeat(' ', Math.max(0, width - text.length()));
    }
  }

  /** The low bytes of a number, as the machine orders them. */
  private void binary(long value, int width) {
    int bytes = width == 1 || width == 2 || width == 4 ? width : 8;
    for (int i = 0; i < bytes; i++) {
      int place = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? i : bytes - 1 - i;
      output.append((char) ((value >>> (8 * place)) & 0xff));
    }
  }

  private void number(Directive directive, int width, boolean isLeft, int precision) {
    long value = number();
    String prefix = prefix(directive, value);
    String digits =
        switch (directive.conversion()) {
          case OCTAL -> Long.toOctalString(value);
          case HEXADECIMAL, POINTER -> Long.toHexString(value);
          case HEXADECIMAL_CAPITALS -> Long.toHexString(value).toUpperCase(java.util.Locale.ROOT);
          // The sign is in the prefix; the digits of the least number are right when taken as
          // unsigned.
          case SIGNED -> Long.toUnsignedString(Math.abs(value));
          default -> Long.toUnsignedString(value);
        };
    int zeros = Math.max(0, precision - digits.length());
    int padding = Math.max(0, width - prefix.length() - zeros - digits.length());
    if (directive.flag() == Flag.ZERO && !isLeft) {
      zeros += padding;
      padding = 0;
    }
    if (!isLeft) {
      output.repeat(' ', padding);
    }
    output.append(prefix).repeat('0', zeros).append(digits);
    if (isLeft) {
      output.repeat(' ', padding);
    }
  }

  private static String prefix(Directive directive, long value) {
    Conversion conversion = directive.conversion();
    if (conversion == Conversion.POINTER) {
      return "0x";
    }
    if (conversion == Conversion.SIGNED) {
      return value < 0
          ? "-"
          : directive.flag() == Flag.PLUS ? "+" : directive.flag() == Flag.SPACE ? " " : "";
    }
    if (directive.flag() == Flag.ALTERNATE) {
      return switch (conversion) {
        case OCTAL -> "0";
        case HEXADECIMAL -> "0x";
        case HEXADECIMAL_CAPITALS -> "0X";
        default -> "";
      };
    }
    return "";
  }
}
