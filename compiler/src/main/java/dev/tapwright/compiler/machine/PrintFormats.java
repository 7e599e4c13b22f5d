package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.FormatPart.Size;
import dev.tapwright.syntax.format.FormatPart.Text;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.Expression.Print;
import java.util.ArrayList;
import java.util.List;

/** Turns every call of the {@code print} family into a format and its arguments. */
public final class PrintFormats {
  private PrintFormats() {}

  /**
   * The format that a call prints its arguments with. Its texts are bytes as {@link ByteStrings}
   * has them, neighbouring texts are one, and none is empty.
   *
   * @param types of {@link Print#arguments()}, in order
   */
  public static PrintFormat of(Print print, List<Type> types) {
    List<FormatPart> parts = new ArrayList<>();
    switch (print.form()) {
      case FORMATTED -> print.format().ifPresent(format -> parts.addAll(format.parts()));
      case CHARACTER -> parts.add(directive(Conversion.CHARACTER));
      case PLAIN -> types.forEach(type -> parts.add(directive(type)));
      case DELIMITED -> {
        for (int i = 0; i < types.size(); i++) {
          if (i > 0) {
            print.formatLiteral().ifPresent(delimiter -> parts.add(new Text(delimiter.value())));
          }
          parts.add(directive(types.get(i)));
        }
      }
    }
    if (print.newline()) {
      parts.add(new Text("\n"));
    }
    return new PrintFormat(joined(parts));
  }

  private static Directive directive(Type type) {
    return directive(type == Type.STRING ? Conversion.STRING : Conversion.SIGNED);
  }

  private static Directive directive(Conversion conversion) {
    return new Directive(Flag.NONE, new Size.Absent(), new Size.Absent(), conversion);
  }

  private static List<FormatPart> joined(List<FormatPart> parts) {
    List<FormatPart> joined = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (FormatPart part : parts) {
      if (part instanceof Text piece) {
        text.append(piece.text());
      } else {
        flush(text, joined);
        joined.add(part);
      }
    }
    flush(text, joined);
    return joined;
  }

  private static void flush(StringBuilder text, List<FormatPart> parts) {
    if (!text.isEmpty()) {
      parts.add(new Text(ByteStrings.ofScript(text.toString())));
      text.setLength(0);
    }
  }
}
