package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a {@code sprintf} together, piece by piece. */
final class FormattedText {
  private static final FormatPart.Size ABSENT = new FormatPart.Size.Absent();

  private final Span span;
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final List<FormatPart> parts = new ArrayList<>();
  private final List<Expression> values = new ArrayList<>();

  /**
   * @param span where the result is to stand
   */
  FormattedText(Span span) {
    this.span = span;
  }

  /** How many values there are so far. */
  int values() {
    return values.size();
  }

  /** Adds text as it stands. */
  void write(String plain) {
    written.append(plain.replace("%", "%%"));
    text.append(plain);
  }

  /**
   * Adds a value.
   *
   * @param directive such as {@code %#x}: flag and conversion
   */
  void write(String directive, Expression value) {
    flush();
    written.append(directive);
    parts.add(parsed(directive));
    values.add(value);
  }

  private static FormatPart parsed(String directive) {
    FormatPart.Conversion conversion =
        switch (directive.charAt(directive.length() - 1)) {
          case 's' -> FormatPart.Conversion.STRING;
          case 'i' -> FormatPart.Conversion.SIGNED;
          case 'u' -> FormatPart.Conversion.UNSIGNED;
          case 'x' -> FormatPart.Conversion.HEXADECIMAL;
          case 'p' -> FormatPart.Conversion.POINTER;
          case 'c' -> FormatPart.Conversion.CHARACTER;
          default -> throw new IllegalArgumentException(directive);
        };
    FormatPart.Flag flag =
        directive.charAt(1) == '#' ? FormatPart.Flag.ALTERNATE : FormatPart.Flag.NONE;
    return new FormatPart.Directive(flag, ABSENT, ABSENT, conversion);
  }

  private void flush() {
    if (!text.isEmpty()) {
      parts.add(new FormatPart.Text(text.toString()));
      text.setLength(0);
    }
  }

  /** The call; a literal where there are no values. */
  Expression result() {
    if (values.isEmpty()) {
      return new Expression.StringLiteral(span, text.toString());
    }
    flush();
    return new Expression.Print(
        span,
        true,
        Expression.PrintForm.FORMATTED,
        Optional.of(new PrintFormat(parts)),
        Optional.of(new Expression.StringLiteral(span, written.toString())),
        false,
        values);
  }
}
