package dev.tapwright.syntax.format;

import java.util.ArrayList;
import java.util.List;

/** Parses the formats of {@code printf}. */
public final class PrintFormatParser {
  private final String text;
  private final List<FormatPart> parts = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();
  private int at;

  private PrintFormatParser(String text) {
    this.text = text;
  }

  /**
   * What parsing gives.
   *
   * @param format the pieces that could be understood
   * @param mistakes in SystemTap's words; empty when all is well
   */
  public record Result(PrintFormat format, List<String> mistakes) {
    /** Copies the list. */
    public Result {
      mistakes = List.copyOf(mistakes);
    }
  }

  /**
   * Parses a format.
   *
   * @param text escapes already resolved
   */
  public static Result parse(String text) {
    PrintFormatParser parser = new PrintFormatParser(text);
    while (parser.at < text.length()) {
      parser.part();
    }
    parser.endText();
    return new Result(new PrintFormat(parser.parts), parser.mistakes);
  }

  private void part() {
    char character = text.charAt(at++);
    if (character != '%') {
      plain.append(character);
      return;
    }
    if (at < text.length() && text.charAt(at) == '%') {
      plain.append('%');
      at++;
      return;
    }
    directive();
  }

  private void endText() {
    if (!plain.isEmpty()) {
      parts.add(new FormatPart.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  private void directive() {
    FormatPart.Flag flag = flag();
    FormatPart.Size width = size();
    FormatPart.Size precision = new FormatPart.Size.Absent();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      precision = size();
      if (precision instanceof FormatPart.Size.Absent) {
        precision = new FormatPart.Size.Fixed(0);
      }
    }
    if (at < text.length() && text.charAt(at) == 'l') {
      at++;
    }
    FormatPart.Conversion conversion = conversion(at < text.length() ? text.charAt(at++) : 0);
    endText();
    parts.add(new FormatPart.Directive(flag, width, precision, conversion));
  }

  private FormatPart.Flag flag() {
    FormatPart.Flag flag =
        switch (at < text.length() ? text.charAt(at) : 0) {
          case '0' -> FormatPart.Flag.ZERO;
          case '+' -> FormatPart.Flag.PLUS;
          case '-' -> FormatPart.Flag.LEFT;
          case ' ' -> FormatPart.Flag.SPACE;
          case '#' -> FormatPart.Flag.ALTERNATE;
          default -> FormatPart.Flag.NONE;
        };
    if (flag != FormatPart.Flag.NONE) {
      at++;
    }
    return flag;
  }

  private FormatPart.Size size() {
    if (at < text.length() && text.charAt(at) == '*') {
      at++;
      return new FormatPart.Size.FromArgument();
    }
    int start = at;
    long count = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      count = Math.min(count * 10 + text.charAt(at) - '0', Integer.MAX_VALUE);
      at++;
    }
    return at == start ? new FormatPart.Size.Absent() : new FormatPart.Size.Fixed((int) count);
  }

  private FormatPart.Conversion conversion(int letter) {
    return switch (letter) {
      case 'b' -> FormatPart.Conversion.BINARY;
      case 'c' -> FormatPart.Conversion.CHARACTER;
      case 'd', 'i' -> FormatPart.Conversion.SIGNED;
      case 'u' -> FormatPart.Conversion.UNSIGNED;
      case 'o' -> FormatPart.Conversion.OCTAL;
      case 'x' -> FormatPart.Conversion.HEXADECIMAL;
      case 'X' -> FormatPart.Conversion.HEXADECIMAL_CAPITALS;
      case 'p' -> FormatPart.Conversion.POINTER;
      case 's' -> FormatPart.Conversion.STRING;
      case 'm' -> FormatPart.Conversion.MEMORY;
      case 'M' -> FormatPart.Conversion.MEMORY_HEXADECIMAL;
      default -> {
        mistakes.add("invalid or missing conversion specifier");
        yield FormatPart.Conversion.SIGNED;
      }
    };
  }
}
