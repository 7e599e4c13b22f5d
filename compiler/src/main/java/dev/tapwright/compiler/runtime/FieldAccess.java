package dev.tapwright.compiler.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.intrinsic.Value;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Values of the language in the memory of a map's key or value. */
final class FieldAccess {
  private FieldAccess() {}

  static Value read(MemorySegment memory, Field field) {
    return switch (field) {
      case Field.Number(int offset) ->
          new Value.LongValue(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset));
      case Field.Text(int offset, int capacity) ->
          new Value.StringValue(readText(memory, offset, capacity));
      case Field.Statistic _ -> throw new IllegalArgumentException("no value: " + field);
    };
  }

  /** Stores a value; a string that does not fit is cut, and the rest of its room becomes NUL. */
  static void write(MemorySegment memory, Field field, Value value) {
    switch (field) {
      case Field.Number(int offset) when value instanceof Value.LongValue(long number) ->
          memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, number);
      case Field.Text(int offset, int capacity)
          when value instanceof Value.StringValue(String text) ->
          writeText(memory, offset, capacity, text);
      default -> throw new IllegalArgumentException(value + " for " + field);
    }
  }

  /** The bytes up to the first NUL, at most {@code capacity} of them. */
  static String readText(MemorySegment memory, long offset, int capacity) {
    byte[] bytes = memory.asSlice(offset, capacity).toArray(ValueLayout.JAVA_BYTE);
    int length = 0;
    while (length < capacity && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, ISO_8859_1);
  }

  private static void writeText(MemorySegment memory, long offset, int capacity, String text) {
    byte[] bytes = new byte[capacity];
    byte[] source = text.getBytes(ISO_8859_1);
    System.arraycopy(source, 0, bytes, 0, Math.min(source.length, capacity - 1));
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, offset, capacity);
  }
}
