package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.bpf.EventFormat.Argument;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.Operand.Constant;
import dev.tapwright.compiler.bpf.Operand.Virtual;
import dev.tapwright.compiler.bpf.Step.Argument.MapAddress;
import dev.tapwright.compiler.bpf.Step.Argument.Value;
import dev.tapwright.compiler.machine.ByteStrings;
import dev.tapwright.compiler.machine.PrintFormats;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Event records: built on the stack as their arguments are computed, then handed to the ring
 * buffer, or to the perf buffer of older kernels.
 */
final class Events {
  private static final int HEADER = 8;

  /** {@code BPF_F_CURRENT_CPU}. */
  private static final long CURRENT_PROCESSOR = 0xffffffffL;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Events(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** The format of a string with a fixed text behind it. */
  static PrintFormat stringThen(String text) {
    Directive string =
        new Directive(
            Flag.NONE,
            new FormatPart.Size.Absent(),
            new FormatPart.Size.Absent(),
            Conversion.STRING);
    return new PrintFormat(
        text.isEmpty() ? List.of(string) : List.of(string, new FormatPart.Text(text)));
  }

  /** Something of an event that is written to its place. */
  private sealed interface Part {
    record OfExpression(Expression expression) implements Part {}

    record OfText(Text text) implements Part {}
  }

  /** Sends an event whose arguments are strings already there. */
  void send(Function<List<Argument>, EventFormat> format, List<Text> arguments) {
    sendParts(format, arguments.stream().<Part>map(Part.OfText::new).toList());
  }

  /** A call of the {@code print} family. */
  void print(Expression.Print print) {
    code.at(print.span());
    if (print.arguments().stream().anyMatch(Expression.Histogram.class::isInstance)) {
      handler.report(Restriction.STATISTICS, print.span());
      return;
    }
    List<Type> types = print.arguments().stream().map(handler.bindings()::typeOf).toList();
    List<FormatPart> parts = new ArrayList<>();
    List<Part> arguments = new ArrayList<>();
    int next = 0;
    for (FormatPart part : PrintFormats.of(print, types).parts()) {
      if (!(part instanceof Directive directive)) {
        parts.add(part);
        continue;
      }
      if (directive.conversion() == Conversion.MEMORY
          || directive.conversion() == Conversion.MEMORY_HEXADECIMAL) {
        handler.report(Restriction.MEMORY_DIRECTIVE, print.span());
        return;
      }
      int wanted = 1 + stars(directive);
      if (next + wanted > print.arguments().size()) {
        break;
      }
      List<Expression> taken = print.arguments().subList(next, next + wanted);
      next += wanted;
      if (isPlainString(directive)
          && taken.getFirst() instanceof Expression.StringLiteral literal) {
        String bytes = ByteStrings.cut(ByteStrings.ofScript(literal.value()), Integer.MAX_VALUE);
        parts.add(new FormatPart.Text(bytes));
      } else {
        parts.add(part);
        taken.forEach(expression -> arguments.add(new Part.OfExpression(expression)));
      }
    }
    PrintFormat format = new PrintFormat(joined(parts));
    if (!format.parts().isEmpty()) {
      code.at(print.span());
      sendParts(layout -> new EventFormat.Print(format, layout), arguments);
    }
  }

  private static int stars(Directive directive) {
    return (directive.width() instanceof FormatPart.Size.FromArgument ? 1 : 0)
        + (directive.precision() instanceof FormatPart.Size.FromArgument ? 1 : 0);
  }

  private static boolean isPlainString(Directive directive) {
    return directive.conversion() == Conversion.STRING
        && directive.width() instanceof FormatPart.Size.Absent
        && directive.precision() instanceof FormatPart.Size.Absent;
  }

  private static List<FormatPart> joined(List<FormatPart> parts) {
    List<FormatPart> result = new ArrayList<>();
    for (FormatPart part : parts) {
      if (part instanceof FormatPart.Text(String text)
          && !result.isEmpty()
          && result.getLast() instanceof FormatPart.Text(String before)) {
        result.set(result.size() - 1, new FormatPart.Text(before + text));
      } else if (!part.equals(new FormatPart.Text(""))) {
        result.add(part);
      }
    }
    return result;
  }

  private int capacity(Part part) {
    return switch (part) {
      case Part.OfText(Text text) -> text.capacity();
      case Part.OfExpression(Expression expression) ->
          handler.bindings().typeOf(expression) == Type.STRING
              ? handler.tables.capacities().of(expression, handler.bindings())
              : 0;
    };
  }

  private void sendParts(Function<List<Argument>, EventFormat> format, List<Part> parts) {
    var span = code.span();
    Memory.Mark mark = handler.memory.mark();
    List<Argument> layout = new ArrayList<>();
    int size = HEADER;
    for (Part part : parts) {
      int capacity = capacity(part);
      layout.add(capacity == 0 ? new Argument.Number() : new Argument.Text(capacity));
      size += capacity == 0 ? 8 : Frame.roundedUp(capacity);
    }
    Address record = handler.memory.allocate(size);
    int offset = HEADER;
    for (int i = 0; i < parts.size(); i++) {
      Address place = record.plus(offset);
      switch (layout.get(i)) {
        case Argument.Number() -> {
          if (parts.get(i) instanceof Part.OfExpression(Expression expression)) {
            code.store(Size.DOUBLE, place, handler.numbers.number(expression));
          }
          offset += 8;
        }
        case Argument.Text(int capacity) -> {
          MemoryText wanted = new MemoryText(place, capacity);
          Text text =
              switch (parts.get(i)) {
                case Part.OfText(Text there) -> there;
                case Part.OfExpression(Expression expression) ->
                    handler.texts.text(expression, Optional.of(wanted));
              };
          handler.texts.copy(text, wanted);
          offset += Frame.roundedUp(capacity);
        }
      }
    }
    code.at(span);
    code.store(Size.DOUBLE, record, new Constant(handler.tables.event(format.apply(layout))));
    output(record, size);
    handler.memory.release(mark);
  }

  private void output(Address record, int size) {
    MapAddress map = new MapAddress(handler.tables.eventMap());
    Step.Argument bytes = handler.memory.argument(record);
    Virtual result =
        handler.tables.profile().has(KernelFeature.RING_BUFFER)
            ? code.call(Helper.RINGBUF_OUTPUT, map, bytes, constant(size), constant(0))
            : code.call(
                Helper.PERF_EVENT_OUTPUT,
                new Value(handler.data.context()),
                map,
                constant(CURRENT_PROCESSOR),
                bytes,
                constant(size));
    int lost = code.newRareBlock();
    int sent = code.newBlock();
    handler.branchNotZero(result, lost, sent);
    code.start(lost);
    code.atomicAdd(handler.data.session(SessionLayout.LOST_EVENTS), new Constant(1));
    code.jump(sent);
    code.start(sent);
  }

  private static Value constant(long value) {
    return new Value(new Constant(value));
  }
}
