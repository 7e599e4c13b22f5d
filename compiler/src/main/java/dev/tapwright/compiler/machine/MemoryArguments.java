package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.FormatPart.Conversion;
import dev.tapwright.syntax.format.FormatPart.Directive;
import dev.tapwright.syntax.format.FormatPart.Flag;
import dev.tapwright.syntax.format.FormatPart.Size;
import dev.tapwright.syntax.format.PrintFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The arguments of {@code %m} and {@code %M}: the bytes at an address of the kernel. */
final class MemoryArguments {
  /** Most bytes of one. */
  private static final int MOST = 1023;

  private final Execution execution;
  private final List<Value> arguments;
  private final int place;
  private final List<Value> read = new ArrayList<>();

  private MemoryArguments(Execution execution, List<Value> arguments, int place) {
    this.execution = execution;
    this.arguments = arguments;
    this.place = place;
  }

  /** Whether a directive prints memory. */
  static boolean is(FormatPart part) {
    return part instanceof Directive(var _, var _, var _, Conversion conversion)
        && (conversion == Conversion.MEMORY || conversion == Conversion.MEMORY_HEXADECIMAL);
  }

  /** Whether a directive prints the memory of a process, which a handler of ours has not. */
  static boolean isUser(FormatPart part) {
    return is(part) && ((Directive) part).flag() == Flag.ALTERNATE;
  }

  /**
   * A format's arguments with the bytes in place of their addresses.
   *
   * @param place what a bad address points at
   */
  static List<Value> read(
      Execution execution, PrintFormat format, List<Value> arguments, int place) {
    if (format.parts().stream().noneMatch(MemoryArguments::is)) {
      return arguments;
    }
    MemoryArguments memory = new MemoryArguments(execution, arguments, place);
    for (FormatPart part : format.parts()) {
      if (part instanceof Directive directive) {
        memory.take(directive.width());
        long precision = memory.take(directive.precision());
        Value value = memory.next();
        memory.read.add(
            is(directive) && value instanceof LongValue(long address)
                ? memory.bytes(address, precision)
                : value);
      }
    }
    return memory.read;
  }

  private Value next() {
    return read.size() < arguments.size() ? arguments.get(read.size()) : new LongValue(0);
  }

  /** A size; less than 0 where none is given. */
  private long take(Size size) {
    return switch (size) {
      case Size.Absent() -> -1;
      case Size.Fixed(int count) -> Math.min(count, MOST);
      case Size.FromArgument() -> {
        Value value = next();
        read.add(value);
        yield value instanceof LongValue(long count) ? count : -1;
      }
    };
  }

  private StringValue bytes(long address, long precision) {
    if (precision > MOST) {
      throw new ScriptFault("more than %d bytes of memory to print".formatted(MOST), place, true);
    }
    int count = precision < 0 ? 1 : (int) precision;
    return new StringValue(
        new String(execution.kernelBytes(address, count, place), StandardCharsets.ISO_8859_1));
  }
}
