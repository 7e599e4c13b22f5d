package dev.tapwright.compiler.object;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The reading half of {@link RecordCodec}: bounded by the bytes that are there, whatever they say.
 */
final class RecordDecoder {
  private final byte[] bytes;
  private final int end;
  private int at;
  private final List<String> strings = new ArrayList<>();
  private final Set<Class<?>> verified = new HashSet<>();
  private final Map<Class<?>, RecordPlan> plans = new HashMap<>();

  /** How a record is made. */
  private record RecordPlan(Constructor<?> constructor, List<Type> types) {}

  RecordDecoder(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  <T extends Record> T decode(Class<T> type) throws RecordCodecException {
    T root = type.cast(read(type, 0));
    if (at != end) {
      throw new RecordCodecException((end - at) + " bytes too many");
    }
    return root;
  }

  private Object read(Type type, int depth) throws RecordCodecException {
    if (depth > RecordCodec.DEEPEST) {
      throw new RecordCodecException("nested too deep");
    }
    if (type instanceof Class<?> plain) {
      return readPlain(plain, depth);
    } else if (type instanceof ParameterizedType generic) {
      return readGeneric(generic, depth);
    }
    throw new IllegalArgumentException(type.getTypeName());
  }

  private Object readGeneric(ParameterizedType type, int depth) throws RecordCodecException {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int count = readCount(); count > 0; count--) {
        Object key = read(arguments[0], depth + 1);
        map.put(key, read(arguments[1], depth + 1));
      }
      return map;
    }
    List<Object> elements = readElements(arguments[0], depth);
    if (type.getRawType() == Optional.class) {
      return atMostOne(elements);
    }
    return type.getRawType() == Set.class ? new LinkedHashSet<>(elements) : elements;
  }

  private Object readPlain(Class<?> type, int depth) throws RecordCodecException {
    if (type == String.class) {
      return readString();
    } else if (type == long.class || type == Long.class) {
      return readSigned();
    } else if (type == int.class || type == Integer.class) {
      return (int) readWithin(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == boolean.class || type == Boolean.class) {
      return readByte() != 0;
    } else if (type == short.class || type == Short.class) {
      return (short) readWithin(Short.MIN_VALUE, Short.MAX_VALUE);
    } else if (type == byte.class || type == Byte.class) {
      return (byte) readWithin(Byte.MIN_VALUE, Byte.MAX_VALUE);
    } else if (type == char.class || type == Character.class) {
      return (char) readUnsigned();
    } else if (type == double.class || type == Double.class) {
      return Double.longBitsToDouble(readSigned());
    } else if (type == float.class || type == Float.class) {
      return Float.intBitsToFloat((int) readSigned());
    } else if (type == OptionalInt.class) {
      Optional<Object> number = atMostOne(readElements(Integer.class, depth));
      return number.isPresent() ? OptionalInt.of((int) number.get()) : OptionalInt.empty();
    } else if (type == OptionalLong.class) {
      Optional<Object> number = atMostOne(readElements(Long.class, depth));
      return number.isPresent() ? OptionalLong.of((long) number.get()) : OptionalLong.empty();
    } else if (type == OptionalDouble.class) {
      Optional<Object> number = atMostOne(readElements(Double.class, depth));
      return number.isPresent() ? OptionalDouble.of((double) number.get()) : OptionalDouble.empty();
    }
    verify(type);
    if (type.isRecord()) {
      return readRecord(type, depth);
    } else if (type.isEnum()) {
      List<Enum<?>> constants = RecordShape.of(type).constants();
      return constants.get(readPlace(constants.size()));
    }
    List<Class<?>> permitted = RecordShape.of(type).alternatives();
    return readPlain(permitted.get(readPlace(permitted.size())), depth);
  }

  private Object readRecord(Class<?> type, int depth) throws RecordCodecException {
    RecordPlan plan = plans.computeIfAbsent(type, RecordDecoder::planOf);
    Object[] values = new Object[plan.types().size()];
    if (values.length == 0) {
      readByte();
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = read(plan.types().get(i), depth + 1);
    }
    try {
      return plan.constructor().newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new RecordCodecException("values that " + type.getSimpleName() + " does not take");
    } catch (ReflectiveOperationException fault) {
      throw new IllegalStateException(type.getName(), fault);
    }
  }

  private static RecordPlan planOf(Class<?> type) {
    List<RecordShape.Component> components = RecordShape.of(type).components();
    Class<?>[] plainTypes =
        components.stream().map(RecordShape.Component::plainType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(plainTypes);
      constructor.setAccessible(true);
      return new RecordPlan(
          constructor, components.stream().map(RecordShape.Component::type).toList());
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(type.getName(), impossible);
    }
  }

  private void verify(Class<?> type) throws RecordCodecException {
    if (verified.add(type)) {
      int number = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        number |= readByte() << shift;
      }
      if (number != RecordShape.of(type).number()) {
        throw new RecordCodecException(type.getSimpleName() + " has another shape");
      }
    }
  }

  private List<Object> readElements(Type type, int depth) throws RecordCodecException {
    int count = readCount();
    List<Object> elements = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      elements.add(read(type, depth + 1));
    }
    return elements;
  }

  private static Optional<Object> atMostOne(List<Object> elements) throws RecordCodecException {
    if (elements.size() > 1) {
      throw new RecordCodecException(elements.size() + " values for one");
    }
    return elements.stream().findFirst();
  }

  private String readString() throws RecordCodecException {
    long reference = readUnsigned();
    if (reference != 0) {
      if (reference < 0 || reference > strings.size()) {
        throw new RecordCodecException("string " + reference + " of " + strings.size());
      }
      return strings.get((int) reference - 1);
    }
    long header = readUnsigned();
    boolean isWide = (header & 1) != 0;
    long length = header >>> 1;
    if (length > (end - at) / (isWide ? 2 : 1)) {
      throw new RecordCodecException("a string of " + length + " characters");
    }
    char[] characters = new char[(int) length];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) (isWide ? readByte() | (readByte() << 8) : readByte());
    }
    String text = new String(characters);
    strings.add(text);
    return text;
  }

  /** A number of elements; each takes a byte at least. */
  private int readCount() throws RecordCodecException {
    long count = readUnsigned();
    if (count < 0 || count > end - at) {
      throw new RecordCodecException(count + " elements");
    }
    return (int) count;
  }

  private int readPlace(int count) throws RecordCodecException {
    long place = readUnsigned();
    if (place < 0 || place >= count) {
      throw new RecordCodecException("alternative " + place + " of " + count);
    }
    return (int) place;
  }

  private long readWithin(long least, long most) throws RecordCodecException {
    long number = readSigned();
    if (number < least || number > most) {
      throw new RecordCodecException("number " + number);
    }
    return number;
  }

  private long readSigned() throws RecordCodecException {
    long number = readUnsigned();
    return (number >>> 1) ^ -(number & 1);
  }

  private long readUnsigned() throws RecordCodecException {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int piece = readByte();
      number |= (long) (piece & 0x7f) << shift;
      if ((piece & 0x80) == 0) {
        return number;
      }
    }
    throw new RecordCodecException("a number that does not end");
  }

  private int readByte() throws RecordCodecException {
    if (at >= end) {
      throw new RecordCodecException("ends too early");
    }
    return bytes[at++] & 0xff;
  }
}
