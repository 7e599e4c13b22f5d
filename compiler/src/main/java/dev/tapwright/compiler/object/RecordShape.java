package dev.tapwright.compiler.object;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a type looks like, for {@link RecordCodec}. The number of a shape stands in the bytes where its type is first used,
 * so that bytes written by another version of the program are found out.
 */
final class RecordShape {
  private RecordShape() {}

  /** A number that changes when a record's components, an enum's constants, or a sealed interface's records do. */
  static int number(Class<?> type) {
    String description;
    if (type.isRecord()) {
      description =
          Arrays.stream(type.getRecordComponents())
              .map(component -> component.getName() + ":" + component.getGenericType().getTypeName())
              .collect(Collectors.joining(",", type.getName() + "(", ")"));
    } else if (type.isEnum()) {
      description =
          Arrays.stream(constants(type)).map(Enum::name).collect(Collectors.joining(",", type.getName() + "{", "}"));
    } else {
      description =
          alternatives(type).stream().map(Class::getName).collect(Collectors.joining("|", type.getName() + "=", ""));
    }
    return description.hashCode();
  }

  /** The records and enums that a sealed interface permits, however deep, in the order of their declaration. */
  static List<Class<?>> alternatives(Class<?> sealed) {
    List<Class<?>> found = new ArrayList<>();
    collect(sealed, found);
    return found;
  }

  private static void collect(Class<?> type, List<Class<?>> found) {
    if (type.isRecord() || type.isEnum()) {
      if (!found.contains(type)) {
        found.add(type);
      }
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, found);
      }
    } else {
      throw new IllegalArgumentException(type.getName() + " is neither a record, an enum nor sealed");
    }
  }

  static Enum<?>[] constants(Class<?> type) {
    return (Enum<?>[]) type.getEnumConstants();
  }

  static Class<?>[] componentTypes(RecordComponent[] components) {
    return Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
  }
}
