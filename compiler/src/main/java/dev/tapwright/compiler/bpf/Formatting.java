package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.NumberTexts.Form;
import dev.tapwright.compiler.bpf.NumberTexts.Written;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.machine.PrintFormats;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;

/** The {@code sprint} family: formats written out into a string, in the kernel. */
final class Formatting {
  /** Numbers in wider fields are put together from pieces. */
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
    boolean hasHistogram =
        print.arguments().stream().anyMatch(Expression.Histogram.class::isInstance);
    if (hasHistogram || Restriction.STRING_FORMATTING.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_FORMATTING, print.span());
      return HandlerLowering.emptyText();
    }
    int longest =
        FormatCapacity.of(
            print,
            handler.bindings(),
            handler.tables.capacities().most(),
            argument -> handler.tables.capacities().of(argument, handler.bindings()));
    return format(parts, print.arguments(), longest);
  }

  /**
   * The string of a format.
   *
   * @param longest bytes that it may have, with the NUL
   */
  Text format(List<FormatPart> parts, List<? extends Expression> arguments, int longest) {
    TextBuilder builder = new TextBuilder(handler, longest);
    int next = 0;
    for (FormatPart part : parts) {
      switch (part) {
        case FormatPart.Text(String text) -> builder.append(new LiteralText(text));
        case Directive directive -> {
          int wanted = 1 + FormatField.stars(directive);
          if (next + wanted <= arguments.size()) {
            append(builder, directive, arguments.subList(next, next + wanted));
          }
          next += wanted;
        }
      }
    }
    return builder.finish();
  }

  private void append(TextBuilder builder, Directive directive, List<? extends Expression> taken) {
    FormatField field = FormatField.of(handler, directive, taken);
    Expression argument = taken.getLast();
    switch (directive.conversion()) {
      case STRING -> string(builder, field, argument);
      case CHARACTER -> character(builder, field, argument, directive.flag() == Flag.ALTERNATE);
      case BINARY -> {
        Operand number = handler.numbers.number(argument);
        code.at(argument.span());
        builder.appendBytes(number, binarySize(directive, field));
      }
      case MEMORY, MEMORY_HEXADECIMAL ->
          MemoryDirective.append(handler, builder, directive, field, argument);
      default -> {
        Operand number = handler.numbers.number(argument);
        code.at(argument.span());
        boolean isSmall =
            field.isFixed()
                && field.fixedWidth() <= Math.min(WIDEST, field.most())
                && field.fixedPrecision() <= field.mostDigits()
                && field.fixedPrecision() < NumberTexts.MOST_DIGITS;
        if (isSmall) {
          number(builder, field, directive, number);
        } else {
          wideNumber(builder, field, directive, number);
        }
      }
    }
  }

  private void string(TextBuilder builder, FormatField field, Expression argument) {
    Text text = handler.texts.text(argument, Optional.empty());
    code.at(argument.span());
    boolean isWhole =
        field.isFixed()
            && (field.fixedPrecision() < 0 || field.fixedPrecision() >= text.capacity());
    if (isWhole && field.fixedWidth() == 0) {
      builder.append(text);
      return;
    }
    MemoryText there = handler.texts.inScratch(text);
    Operand most = bytesTaken(field, there.capacity() - 1);
    Operand length = new Constant(0);
    if (!(field.width() instanceof Constant(long width)) || width != 0) {
      Virtual shorter = code.fresh();
      code.copy(shorter, handler.textFunctions.length(there));
      int longer = code.newBlock();
      int join = code.newBlock();
      code.branch(Comparison.GREATER, shorter, most, longer, join);
      code.start(longer);
      code.copy(shorter, most);
      code.jump(join);
      code.start(join);
      length = shorter;
    }
    field.pad(
        handler,
        builder,
        length,
        () ->
            builder.append(
                handler.memory.argument(there.address()),
                code.compute(
                    Operation.ADD, bytesTaken(field, there.capacity() - 1), new Constant(1))));
  }

  /** Bytes of a string of so many that a precision leaves. */
  private Operand bytesTaken(FormatField field, int all) {
    if (field.precision() instanceof Constant(long precision)) {
      return new Constant(precision < 0 ? all : Math.min(all, precision));
    }
    // A negative one is none: taken as unsigned, it is large.
    return handler.texts.smaller(field.precision(), all);
  }

  private void character(
      TextBuilder builder, FormatField field, Expression argument, boolean isEscaped) {
    Operand number = handler.numbers.number(argument);
    code.at(argument.span());
    Operand value = code.compute(Operation.AND, number, new Constant(0xff));
    if (isEscaped) {
      Operand entry = Escaping.character(handler, value);
      Address.Behind place = handler.memory.scratch.allocate(8);
      code.store(Size.DOUBLE, place, code.low32(entry));
      Operand length = code.compute(Operation.SHIFT_RIGHT_UNSIGNED, entry, new Constant(32));
      field.pad(
          handler,
          builder,
          length,
          () -> builder.append(handler.memory.argument(place), new Constant(5)));
      return;
    }
    field.pad(handler, builder, new Constant(1), () -> builder.appendBytes(value, new Constant(1)));
  }

  /** 1, 2 or 4 when the width says so, else 8. */
  private Operand binarySize(Directive directive, FormatField field) {
    if (directive.width() instanceof FormatPart.Size.Absent) {
      return new Constant(8);
    }
    Operand width = field.width();
    Virtual size = code.fresh();
    code.copy(size, new Constant(8));
    int join = code.newBlock();
    for (int bytes : new int[] {1, 2, 4}) {
      int same = code.newBlock();
      int other = code.newBlock();
      code.branch(Comparison.EQUAL, width, new Constant(bytes), same, other);
      code.start(same);
      code.copy(size, new Constant(bytes));
      code.jump(join);
      code.start(other);
    }
    code.jump(join);
    code.start(join);
    return size;
  }

  private void number(TextBuilder builder, FormatField field, Directive directive, Operand number) {
    int zeros = directive.flag() == Flag.ZERO && !field.isLeft() ? field.fixedWidth() : 0;
    Form form = form(directive, Math.max(0, field.fixedPrecision()), zeros);
    Written written = handler.numberTexts.write(number, form);
    field.pad(
        handler,
        builder,
        written.length(),
        () -> builder.append(written.start(), new Constant(written.most())));
  }

  /** A number in a field whose sizes are known at run time, or large. */
  private void wideNumber(
      TextBuilder builder, FormatField field, Directive directive, Operand number) {
    Form form = form(directive, 0, 0);
    Operand prefix = new Constant(Texts.constant(form.ifPositive()));
    Operand prefixLength = new Constant(form.ifPositive().length());
    Operand digits = number;
    if (form.isSigned()) {
      Virtual sign = code.fresh();
      Virtual signLength = code.fresh();
      Virtual magnitude = code.fresh();
      int negative = code.newBlock();
      int join = code.newBlock();
      code.copy(sign, prefix);
      code.copy(signLength, prefixLength);
      code.copy(magnitude, number);
      code.branch(Comparison.LESS, number, new Constant(0), negative, join);
      code.start(negative);
      code.copy(sign, new Constant('-'));
      code.copy(signLength, new Constant(1));
      code.copy(magnitude, handler.numbers.negated(number));
      code.jump(join);
      code.start(join);
      prefix = sign;
      prefixLength = signLength;
      digits = magnitude;
    }
    Written written =
        handler.numberTexts.write(digits, new Form(form.base(), false, form.isCapital(), "", 0, 0));
    Operand leading =
        field.precision() instanceof Constant(long precision) && precision < 0
            ? new Constant(0)
            : handler.texts.clamped(
                code.compute(Operation.SUBTRACT, field.precision(), written.length()),
                field.mostDigits());
    Operand length =
        code.compute(
            Operation.ADD, code.compute(Operation.ADD, prefixLength, leading), written.length());
    Operand missing = field.before(code, length);
    boolean isZeros = directive.flag() == Flag.ZERO;
    if (!isZeros) {
      builder.fill(' ', missing, field.most());
    }
    Address.Behind place = handler.memory.scratch.allocate(8);
    code.store(Size.DOUBLE, place, prefix);
    builder.append(handler.memory.argument(place), new Constant(4));
    builder.fill('0', leading, field.mostDigits());
    if (isZeros) {
      builder.fill('0', missing, field.most());
    }
    builder.append(written.start(), new Constant(written.most()));
    builder.fill(' ', field.behind(code, length), field.most());
  }

  private static Form form(Directive directive, int digits, int zeros) {
    Flag flag = directive.flag();
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
