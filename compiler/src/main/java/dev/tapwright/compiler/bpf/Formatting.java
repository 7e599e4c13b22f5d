package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.bpf.Instruction.Operation;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.NumberTexts.Form;
import dev.tapwright.compiler.bpf.NumberTexts.Written;
import dev.tapwright.compiler.bpf.Operand.Constant;
import dev.tapwright.compiler.machine.PrintFormats;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;

/** The {@code sprint} family: formats written out into a string, in the kernel. */
final class Formatting {
  /** Wider fields than this are left to user space. */
  private static final int WIDEST = 100;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Formatting(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** The resulting string. */
  Text format(Expression.Print print) {
    List<Type> types = print.arguments().stream().map(handler.bindings()::typeOf).toList();
    List<FormatPart> parts = PrintFormats.of(print, types).parts();
    boolean isCarried =
        print.arguments().stream().noneMatch(Expression.Histogram.class::isInstance)
            && parts.stream().allMatch(Formatting::isCarried);
    if (!isCarried || Restriction.STRING_FORMATTING.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_FORMATTING, print.span());
      return HandlerLowering.emptyText();
    }
    int longest =
        FormatCapacity.of(
            print,
            handler.bindings(),
            handler.tables.capacities().most(),
            argument -> handler.tables.capacities().of(argument, handler.bindings()));
    TextBuilder builder = new TextBuilder(handler, longest);
    int next = 0;
    for (FormatPart part : parts) {
      switch (part) {
        case FormatPart.Text(String text) -> builder.append(new LiteralText(text));
        case Directive directive -> {
          if (next < print.arguments().size()) {
            append(builder, directive, print.arguments().get(next++));
          }
        }
      }
    }
    return builder.finish();
  }

  private static boolean isCarried(FormatPart part) {
    if (!(part instanceof Directive directive)) {
      return true;
    }
    return size(directive.width(), 0) <= WIDEST
        && size(directive.precision(), 0) < NumberTexts.MOST_DIGITS
        && !(directive.width() instanceof FormatPart.Size.FromArgument)
        && !(directive.precision() instanceof FormatPart.Size.FromArgument)
        && switch (directive.conversion()) {
          case BINARY, MEMORY, MEMORY_HEXADECIMAL -> false;
          default -> true;
        };
  }

  private static int size(FormatPart.Size size, int absent) {
    return size instanceof FormatPart.Size.Fixed(int count) ? count : absent;
  }

  private void append(TextBuilder builder, Directive directive, Expression argument) {
    int width = size(directive.width(), 0);
    boolean isLeft = directive.flag() == Flag.LEFT;
    switch (directive.conversion()) {
      case STRING -> {
        Text text =
            handler.bindings().typeOf(argument) == Type.STRING
                ? handler.texts.text(argument, Optional.empty())
                : HandlerLowering.emptyText();
        code.at(argument.span());
        int precision = size(directive.precision(), Integer.MAX_VALUE - 1);
        if (width == 0 && precision >= text.capacity()) {
          builder.append(text);
        } else {
          MemoryText there = handler.texts.inScratch(text);
          int most = Math.min(there.capacity(), precision + 1);
          Operand length = new Constant(0);
          if (width > 0) {
            length = handler.texts.smaller(handler.textFunctions.length(there), most - 1);
          }
          padded(
              builder,
              width,
              isLeft,
              length,
              () -> builder.append(handler.memory.argument(there.address()), new Constant(most)));
        }
      }
      case CHARACTER -> {
        Operand number = handler.numbers.number(argument);
        code.at(argument.span());
        Address.Behind place = handler.memory.scratch.allocate(8);
        code.store(Size.DOUBLE, place, code.compute(Operation.AND, number, new Constant(0xff)));
        padded(
            builder,
            width,
            isLeft,
            new Constant(1),
            () -> builder.append(handler.memory.argument(place), new Constant(2)));
      }
      default -> {
        Operand number = handler.numbers.number(argument);
        code.at(argument.span());
        Written written = handler.numberTexts.write(number, form(directive, width, isLeft));
        padded(
            builder,
            width,
            isLeft,
            written.length(),
            () -> builder.append(written.start(), new Constant(written.most())));
      }
    }
  }

  private void padded(
      TextBuilder builder, int width, boolean isLeft, Operand length, Runnable append) {
    Operand missing =
        width == 0
            ? new Constant(0)
            : code.compute(Operation.SUBTRACT, new Constant(width), length);
    if (width > 0 && !isLeft) {
      builder.appendSpaces(missing, width);
    }
    append.run();
    if (width > 0 && isLeft) {
      builder.appendSpaces(missing, width);
    }
  }

  private static Form form(Directive directive, int width, boolean isLeft) {
    Flag flag = directive.flag();
    int zeros = flag == Flag.ZERO && !isLeft ? width : 0;
    int digits = size(directive.precision(), 0);
    boolean isAlternate = flag == Flag.ALTERNATE;
    return switch (directive.conversion()) {
      case SIGNED -> {
        String sign = flag == Flag.PLUS ? "+" : flag == Flag.SPACE ? " " : "";
        yield new Form(10, true, false, sign, digits, zeros);
      }
      case OCTAL -> new Form(8, false, false, isAlternate ? "0" : "", digits, zeros);
      case HEXADECIMAL -> new Form(16, false, false, isAlternate ? "0x" : "", digits, zeros);
      case HEXADECIMAL_CAPITALS ->
          new Form(16, false, true, isAlternate ? "0X" : "", digits, zeros);
      case POINTER -> new Form(16, false, false, "0x", digits, zeros);
      default -> new Form(10, false, false, "", digits, zeros);
    };
  }
}
