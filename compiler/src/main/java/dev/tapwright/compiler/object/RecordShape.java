package dev.tapwright.compiler.object;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * What a type looks like, for {@link RecordCodec}. The number of a shape stands in the bytes where
 * its type is first used, so that bytes written by another version of the program are found out.
 */
final class RecordShape {
  private RecordShape() {}

  /**
   * A number that changes when a record's components, an enum's constants, or a sealed interface's
   * records do.
   */
  static int number(Class<?> type) {
    StringBuilder description = new StringBuilder(type.getName());
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        description.append(',').append(component.getName());
        description.append(':').append(component.getGenericType().getTypeName());
      }
    } else if (type.isEnum()) {
      for (Enum<?> constant : constants(type)) {
        description.append(',').append(constant.name());
      }
    } else {
      for (Class<?> alternative : alternatives(type)) {
        description.append('|').append(alternative.getName());
      }
    }
    return description.toString().hashCode();
  }

  /**
   * The records and enums that a sealed interface permits, however deep, in the order of their
   * declaration.
   */
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
      throw new IllegalArgumentException(
          type.getName() + " is neither a record, an enum nor sealed");
    }
  }

  static Enum<?>[] constants(Class<?> type) {
    return (Enum<?>[]) type.getEnumConstants();
  }

  static Class<?>[] componentTypes(RecordComponent[] components) {
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    return types;
  }
}
