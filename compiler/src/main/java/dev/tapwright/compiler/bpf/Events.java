package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.bpf.EventFormat.Argument;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.machine.PrintFormats;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Event records: written where their reader finds them, or built on the stack as their arguments
 * are computed, then copied.
 */
final class Events {
  /** Bytes before an event's arguments. */
  static final int HEADER = 8;

  /** Registers that calls keep: what finds no room in them would lie on the stack anyway. */
  private static final int MOST_EARLY = 4;

  /**
   * Where faults end the handler.
   *
   * @param record where the event is: over whatever the handler had, which is done
   * @param withoutNumber the blocks that have a number for nothing but the event itself
   */
  private record FaultEnd(int block, Address record, List<Integer> withoutNumber) {
    FaultEnd(int block, Address record) {
      this(block, record, new ArrayList<>());
    }
  }

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final EventBuffer buffer;
  private Optional<FaultEnd> faultEnd = Optional.empty();
  private boolean haveFaultsNumbers;

  Events(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
    buffer = new EventBuffer(handler);
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

    record OfValue(LoweredValue value) implements Part {}

    /**
     * Memory at an address; the part before says how much, if a {@code *} of the directive does.
     */
    record OfMemory(Expression address, Directive directive) implements Part {
      boolean isCounted() {
        return directive.precision() instanceof FormatPart.Size.FromArgument;
      }
    }
  }

  /** Sends an event whose arguments are already there. */
  void send(Function<List<Argument>, EventFormat> format, List<? extends LoweredValue> arguments) {
    sendParts(format, parts(arguments), SessionLayout.LOST_EVENTS);
  }

  /** Sends the event of a fault, which is counted when it cannot be sent. */
  void sendFault(
      Function<List<Argument>, EventFormat> format, List<? extends LoweredValue> arguments) {
    endSessionByFault();
    sendParts(format, parts(arguments), SessionLayout.ERRORS);
  }

  /**
   * Sends the event of a fault and ends the handler, where all such faults do it.
   *
   * @param number what the message has of numbers
   */
  void endWithFault(Function<List<Argument>, EventFormat> format, Optional<Operand> number) {
    FaultEnd end =
        faultEnd.orElseGet(
            () -> new FaultEnd(code.newRareBlock(), handler.memory.allocate(HEADER + 8)));
    faultEnd = Optional.of(end);
    List<Argument> layout = number.<Argument>map(_ -> new Argument.Number()).stream().toList();
    number.ifPresentOrElse(
        operand -> code.store(Size.DOUBLE, end.record().plus(HEADER), operand),
        () -> end.withoutNumber().add(code.here()));
    haveFaultsNumbers |= number.isPresent();
    code.store(Size.DOUBLE, end.record(), new Constant(handler.tables.event(format.apply(layout))));
    code.jump(end.block());
  }

  /** Lets no handler begin any more, if MAXERRORS lets no fault be. */
  private void endSessionByFault() {
    if (handler.tables.endsByFault()) {
      code.store(Size.DOUBLE, handler.data.session(SessionLayout.STATE), new Constant(1));
    }
  }

  /** Writes where faults end the handler, once all are known. */
  void finishFaults() {
    faultEnd.ifPresent(
        end -> {
          if (haveFaultsNumbers && end.record() instanceof Address.Stack) {
            // The verifier lets nothing of the stack be sent that was not written.
            Step zero = new Step.Store(Size.DOUBLE, end.record().plus(HEADER), new Constant(0));
            end.withoutNumber().forEach(block -> code.addFirst(block, zero));
          }
          handler.inBlock(
              end.block(),
              () -> {
                endSessionByFault();
                buffer.output(
                    end.record(), haveFaultsNumbers ? HEADER + 8 : HEADER, SessionLayout.ERRORS);
                code.end();
              });
        });
  }

  private static List<Part> parts(List<? extends LoweredValue> arguments) {
    return arguments.stream().<Part>map(Part.OfValue::new).toList();
  }

  /** Ends the session once the handler is done. */
  void endSession() {
    code.store(Size.DOUBLE, handler.data.session(SessionLayout.STATE), new Constant(1));
    send(_ -> new EventFormat.Exit(), List.of());
  }

  /** A call of the {@code print} family. */
  void print(Expression.Print print) {
    code.at(print.span());
    for (Expression argument : print.arguments()) {
      if (argument instanceof Expression.Histogram histogram) {
        handler.histograms.print(print, histogram);
        return;
      }
    }
    List<FormatPart> parts = new ArrayList<>();
    List<Part> arguments = new ArrayList<>();
    if (!flatten(print, parts, arguments)) {
      return;
    }
    PrintFormat format = new PrintFormat(joined(parts));
    if (!format.parts().isEmpty()) {
      code.at(print.span());
      sendParts(
          layout -> new EventFormat.Print(format, layout), arguments, SessionLayout.LOST_EVENTS);
    }
  }

  /**
   * Writes out what a print sends. A string that is formatted only to be printed becomes part of
   * the format.
   *
   * @return whether it can be sent; otherwise an error has been reported
   */
  private boolean flatten(Expression.Print print, List<FormatPart> parts, List<Part> arguments) {
    List<Type> types = print.arguments().stream().map(handler.bindings()::typeOf).toList();
    int next = 0;
    for (FormatPart part : PrintFormats.of(print, types).parts()) {
      if (!(part instanceof Directive directive)) {
        parts.add(part);
        continue;
      }
      int wanted = 1 + FormatField.stars(directive);
      if (next + wanted > print.arguments().size()) {
        break;
      }
      List<Expression> taken = print.arguments().subList(next, next + wanted);
      next += wanted;
      Expression first = taken.getFirst();
      if (MemoryDirective.is(directive)) {
        if (Restriction.MEMORY_DIRECTIVE.isBeyond(handler.tables.profile())) {
          handler.report(Restriction.MEMORY_DIRECTIVE, print.span());
          return false;
        }
        parts.add(part);
        taken
            .subList(0, wanted - 1)
            .forEach(expression -> arguments.add(new Part.OfExpression(expression)));
        arguments.add(new Part.OfMemory(taken.getLast(), directive));
        continue;
      }
      if (isPlainString(directive) && first instanceof Expression.StringLiteral literal) {
        parts.add(new FormatPart.Text(handler.tables.capacities().bytes(literal)));
      } else if (isPlainString(directive)
          && first instanceof Expression.Print inner
          && inner.asString()
          && isText(inner)
          && isNeverCut(inner)) {
        if (!flatten(inner, parts, arguments)) {
          return false;
        }
      } else {
        parts.add(part);
        taken.forEach(expression -> arguments.add(new Part.OfExpression(expression)));
      }
    }
    return true;
  }

  /** Whether what is formatted has no NULs, which would end the string. */
  private static boolean isText(Expression.Print print) {
    return print.format().stream()
        .flatMap(format -> format.parts().stream())
        .noneMatch(
            part ->
                part instanceof Directive directive
                    && switch (directive.conversion()) {
                      case BINARY, CHARACTER, MEMORY -> true;
                      default -> false;
                    });
  }

  /** Whether what is formatted has room in a string, so that printing it at once gives as much. */
  private boolean isNeverCut(Expression.Print print) {
    StringCapacities capacities = handler.tables.capacities();
    return FormatCapacity.of(
            print,
            handler.bindings(),
            capacities.most(),
            argument -> capacities.of(argument, handler.bindings()))
        <= capacities.most();
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

  private Argument argument(Part part) {
    return switch (part) {
      case Part.OfValue(Text text) -> new Argument.Text(text.capacity());
      case Part.OfValue _ -> new Argument.Number();
      case Part.OfExpression(Expression expression) ->
          handler.bindings().typeOf(expression) == Type.STRING
              ? new Argument.Text(handler.tables.capacities().of(expression, handler.bindings()))
              : new Argument.Number();
      case Part.OfMemory memory ->
          new Argument.Memory(MemoryDirective.capacity(memory.directive()));
    };
  }

  private static int size(Argument argument) {
    return switch (argument) {
      case Argument.Number() -> 8;
      case Argument.Text(int capacity) -> Frame.roundedUp(capacity);
      case Argument.Memory(int capacity) -> 8 + Frame.roundedUp(capacity);
    };
  }

  private void sendParts(
      Function<List<Argument>, EventFormat> format, List<Part> parts, int lostCounter) {
    var span = code.span();
    Memory.Mark mark = handler.memory.mark();
    List<Argument> layout = parts.stream().map(this::argument).toList();
    int size = HEADER + layout.stream().mapToInt(Events::size).sum();
    BitSet early = early(parts);
    if (buffer.canReserve()
        && early.cardinality() <= MOST_EARLY
        && early.stream().allMatch(part -> layout.get(part) instanceof Argument.Number)) {
      List<Part> ready = evaluated(parts, early);
      code.at(span);
      buffer.reserve(
          size,
          lostCounter,
          record -> {
            write(ready, layout, record, false);
            code.at(span);
            number(format.apply(layout), record);
          });
    } else {
      Address record = handler.memory.allocate(size);
      write(parts, layout, record, true);
      code.at(span);
      send(format.apply(layout), record, size, lostCounter);
    }
    handler.memory.release(mark);
  }

  /**
   * What is evaluated before a record is reserved: what may never get to where it is submitted, and
   * what may be something else when it is evaluated behind that.
   */
  private BitSet early(List<Part> parts) {
    PlainValues values = new PlainValues(handler.bindings());
    BitSet early = new BitSet();
    for (int i = parts.size() - 1; i >= 0; i--) {
      boolean isEarly =
          switch (parts.get(i)) {
            case Part.OfExpression(Expression expression) ->
                !(early.isEmpty() ? values.isPlain(expression) : values.isSteady(expression));
            case Part.OfValue _ -> false;
            case Part.OfMemory _ -> true;
          };
      early.set(i, isEarly);
    }
    return early;
  }

  private List<Part> evaluated(List<Part> parts, BitSet early) {
    List<Part> result = new ArrayList<>(parts);
    early.stream()
        .forEach(
            i -> result.set(i, new Part.OfValue(new LoweredValue.Number(number(parts.get(i))))));
    return result;
  }

  /**
   * Writes the arguments of a record.
   *
   * @param isPadded whether its strings are, so that all of it is written: the verifier lets
   *     nothing of the stack be sent that was not
   */
  private void write(List<Part> parts, List<Argument> layout, Address record, boolean isPadded) {
    int offset = HEADER;
    for (int i = 0; i < parts.size(); i++) {
      Address place = record.plus(offset);
      switch (layout.get(i)) {
        case Argument.Number() -> code.store(Size.DOUBLE, place, number(parts.get(i)));
        case Argument.Memory _ -> {
          if (parts.get(i) instanceof Part.OfMemory memory) {
            memory(memory, place);
          }
        }
        case Argument.Text(int capacity) -> {
          MemoryText wanted = new MemoryText(place, capacity, isPadded && Texts.isPadded(capacity));
          Text text =
              switch (parts.get(i)) {
                case Part.OfValue(LoweredValue there) ->
                    there instanceof Text string ? string : HandlerLowering.emptyText();
                case Part.OfExpression(Expression expression) ->
                    handler.texts.text(expression, Optional.of(wanted));
                case Part.OfMemory _ -> HandlerLowering.emptyText();
              };
          handler.texts.copy(text, wanted);
        }
      }
      offset += size(layout.get(i));
    }
  }

  /** Sends an event whose arguments already are where they belong. */
  void send(EventFormat format, Address record, int size) {
    send(format, record, size, SessionLayout.LOST_EVENTS);
  }

  private void send(EventFormat format, Address record, int size, int lostCounter) {
    number(format, record);
    buffer.output(record, size, lostCounter);
  }

  private void number(EventFormat format, Address record) {
    code.store(Size.DOUBLE, record, new Constant(handler.tables.event(format)));
  }

  private Operand number(Part part) {
    return switch (part) {
      case Part.OfExpression(Expression expression) -> handler.numbers.number(expression);
      case Part.OfValue(LoweredValue value) ->
          value instanceof LoweredValue.Number(Operand operand) ? operand : new Constant(0);
      case Part.OfMemory _ -> new Constant(0);
    };
  }

  private void memory(Part.OfMemory part, Address place) {
    Expression address = part.address();
    Operand value = handler.numbers.number(address);
    code.at(address.span());
    Operand count =
        part.isCounted()
            ? MemoryDirective.count(handler, code.load(Size.DOUBLE, place.plus(-8)), address)
            : new Constant(MemoryDirective.capacity(part.directive()));
    code.store(Size.DOUBLE, place, count);
    handler.contextData.memory(
        address,
        value,
        MemoryDirective.isUser(part.directive()),
        place.plus(8),
        MemoryDirective.bounded(handler, count));
  }
}
