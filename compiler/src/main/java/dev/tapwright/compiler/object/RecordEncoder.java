package dev.tapwright.compiler.object;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The writing half of {@link RecordCodec}. A tree that cannot be written is a fault of ours, hence
 * an exception.
 */
final class RecordEncoder {
  private final ByteWriter out = new ByteWriter();
  private final Map<String, Integer> strings = new HashMap<>();
  private final Set<Class<?>> described = new HashSet<>();

  byte[] encode(Record root) {
    write(root, root.getClass(), 0);
    return out.toBytes();
  }

  private void write(Object value, Type type, int depth) {
    if (depth > RecordCodec.DEEPEST) {
      throw new IllegalArgumentException("nested more than " + RecordCodec.DEEPEST + " levels");
    }
    switch (value) {
      case String text -> writeString(text);
      case Boolean flag -> out.putByte(flag ? 1 : 0);
      case Byte number -> writeSigned(number);
      case Short number -> writeSigned(number);
      case Integer number -> writeSigned(number);
      case Long number -> writeSigned(number);
      case Character character -> writeUnsigned(character);
      case Float number -> writeSigned(Float.floatToRawIntBits(number));
      case Double number -> writeSigned(Double.doubleToRawLongBits(number));
      case Optional<?> optional ->
          writeElements(optional.stream().toList(), argument(type, 0), depth);
      case OptionalInt optional ->
          writeElements(optional.stream().boxed().toList(), Integer.class, depth);
      case OptionalLong optional ->
          writeElements(optional.stream().boxed().toList(), Long.class, depth);
      case OptionalDouble optional ->
          writeElements(optional.stream().boxed().toList(), Double.class, depth);
      case Collection<?> elements -> writeElements(elements, argument(type, 0), depth);
      case Map<?, ?> map -> {
        writeUnsigned(map.size());
        map.forEach(
            (key, element) -> {
              write(key, argument(type, 0), depth + 1);
              write(element, argument(type, 1), depth + 1);
            });
      }
      case Enum<?> constant -> {
        writeAlternative(constant.getDeclaringClass(), type);
        writeUnsigned(RecordShape.of(constant.getDeclaringClass()).constants().indexOf(constant));
      }
      case Record record -> {
        writeAlternative(record.getClass(), type);
        writeRecord(record, depth);
      }
      default ->
          throw new IllegalArgumentException(
              value.getClass().getName() + " cannot be kept in a file");
    }
  }

  private void writeElements(Collection<?> elements, Type type, int depth) {
    writeUnsigned(elements.size());
    for (Object element : elements) {
      write(element, type, depth + 1);
    }
  }

  /** Says which of the declared type's alternatives follows. */
  private void writeAlternative(Class<?> actual, Type declared) {
    if (!(declared instanceof Class<?> type)) {
      throw new IllegalArgumentException(declared.getTypeName() + " cannot be kept in a file");
    }
    if (type != actual) {
      describe(type);
      int place = RecordShape.of(type).alternatives().indexOf(actual);
      if (place < 0) {
        throw new IllegalArgumentException(actual.getName() + " is none of " + type.getName());
      }
      writeUnsigned(place);
    }
    describe(actual);
  }

  private void writeRecord(Record record, int depth) {
    List<RecordShape.Component> components = RecordShape.of(record.getClass()).components();
    if (components.isEmpty()) {
      out.putByte(0);
    }
    for (RecordShape.Component component : components) {
      write(valueOf(record, component.accessor()), component.type(), depth + 1);
    }
  }

  private static Object valueOf(Record record, Method accessor) {
    try {
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException fault) {
      throw new IllegalArgumentException(
          record.getClass().getName() + "." + accessor.getName(), fault);
    }
  }

  private void describe(Class<?> type) {
    if (described.add(type)) {
      int number = RecordShape.of(type).number();
      for (int shift = 0; shift < 32; shift += 8) {
        out.putByte(number >>> shift);
      }
    }
  }

  private void writeString(String text) {
    Integer earlier = strings.putIfAbsent(text, strings.size() + 1);
    if (earlier != null) {
      writeUnsigned(earlier);
      return;
    }
    byte[] narrow = text.getBytes(StandardCharsets.ISO_8859_1);
    boolean isWide = !text.equals(new String(narrow, StandardCharsets.ISO_8859_1));
    writeUnsigned(0);
    writeUnsigned(text.length() * 2L + (isWide ? 1 : 0));
    if (!isWide) {
      out.putBytes(narrow);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      out.putByte(text.charAt(i)).putByte(text.charAt(i) >>> 8);
    }
  }

  private void writeSigned(long number) {
    writeUnsigned((number << 1) ^ (number >> 63));
  }

  private void writeUnsigned(long number) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      out.putByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.putByte((int) rest);
  }

  private static Type argument(Type type, int index) {
    if (type instanceof ParameterizedType parameterized) {
      return parameterized.getActualTypeArguments()[index];
    }
    throw new IllegalArgumentException(type.getTypeName() + " does not say what it holds");
  }
}
