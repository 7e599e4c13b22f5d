package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.EventFormat;
import dev.tapwright.compiler.bpf.EventFormat.Argument;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.machine.FormatRenderer;
import dev.tapwright.compiler.machine.HistogramRenderer;
import dev.tapwright.syntax.format.PrintFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Does what event records say: prints, warns, counts faults, ends the session. */
final class EventReader implements EventSource.Consumer {
  private static final int ARGUMENTS = 8;

  private final List<EventFormat> formats;
  private final SessionOutput output;
  private final SessionMessages messages;
  private final SessionControl control;
  private final ShellCommands commands;
  private long lost;

  EventReader(
      List<EventFormat> formats,
      SessionOutput output,
      SessionMessages messages,
      SessionControl control,
      ShellCommands commands) {
    this.formats = formats;
    this.output = output;
    this.messages = messages;
    this.control = control;
    this.commands = commands;
  }

  /** Records that the reader's side knows to be dropped. */
  long lost() {
    return lost;
  }

  @Override
  public void lost(long count) {
    lost += count;
  }

  @Override
  public void accept(MemorySegment event) {
    int number = event.byteSize() < ARGUMENTS ? -1 : event.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    if (number < 0 || number >= formats.size() || event.byteSize() < sizeOf(formats.get(number))) {
      messages.warning(
          "an event record of " + event.byteSize() + " bytes is not one of this script's");
      return;
    }
    if (control.hasFailed()) {
      // Handlers run on until they are detached: what they sent after the error that was one too
      // many did not happen.
      return;
    }
    switch (formats.get(number)) {
      case EventFormat.Print(PrintFormat format, List<Argument> arguments) ->
          output.print(FormatRenderer.render(format, values(event, arguments)));
      case EventFormat.Histogram histogram -> print(histogram, event);
      case EventFormat.Warning(PrintFormat format, List<Argument> arguments) ->
          messages.warning(FormatRenderer.render(format, values(event, arguments)));
      case EventFormat.Command(PrintFormat format, List<Argument> arguments) ->
          commands.start(FormatRenderer.render(format, values(event, arguments)));
      case EventFormat.Fault(PrintFormat format, List<Argument> arguments) -> {
        messages.error(FormatRenderer.render(format, values(event, arguments)));
        control.countError();
      }
      case EventFormat.Exit() -> control.requestEnd();
    }
  }

  private void print(EventFormat.Histogram histogram, MemorySegment event) {
    long[] counts =
        event
            .asSlice(ARGUMENTS, (long) histogram.shape().buckets() * Long.BYTES)
            .toArray(ValueLayout.JAVA_LONG_UNALIGNED);
    output.print(
        HistogramRenderer.render(histogram.shape(), counts) + (histogram.newline() ? "\n" : ""));
  }

  private static int sizeOf(EventFormat format) {
    int size = ARGUMENTS;
    for (Argument argument : format.arguments()) {
      size += sizeOf(argument);
    }
    return size;
  }

  private static int sizeOf(Argument argument) {
    return switch (argument) {
      case Argument.Number() -> Long.BYTES;
      case Argument.Text(int capacity) -> (capacity + 7) & -8;
      case Argument.Memory(int capacity) -> Long.BYTES + ((capacity + 7) & -8);
    };
  }

  private static String bytes(MemorySegment event, long offset, int count) {
    return new String(
        event.asSlice(offset, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  private static List<Value> values(MemorySegment event, List<Argument> arguments) {
    List<Value> values = new ArrayList<>(arguments.size());
    long offset = ARGUMENTS;
    for (Argument argument : arguments) {
      values.add(
          switch (argument) {
            case Argument.Number() ->
                new Value.LongValue(event.get(ValueLayout.JAVA_LONG_UNALIGNED, offset));
            case Argument.Text(int capacity) ->
                new Value.StringValue(FieldAccess.readText(event, offset, capacity));
            case Argument.Memory(int capacity) -> {
              long count = event.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
              yield new Value.StringValue(
                  bytes(event, offset + Long.BYTES, Math.clamp(count, 0, capacity)));
            }
          });
      offset += sizeOf(argument);
    }
    return values;
  }
}
