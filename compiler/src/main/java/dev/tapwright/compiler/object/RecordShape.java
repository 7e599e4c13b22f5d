package dev.tapwright.compiler.object;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * What a type looks like, for {@link RecordCodec}. The number of a shape stands in the bytes where
 * its type is first used, so that bytes written by another version of the program are found out.
 *
 * @param number changes when a record's components, an enum's constants, or a sealed interface's
 *     records do
 * @param components of a record
 * @param constants of an enum
 * @param alternatives the records and enums that a sealed interface permits, however deep, in the
 *     order of their declaration
 */
record RecordShape(
    int number, List<Component> components, List<Enum<?>> constants, List<Class<?>> alternatives) {
  /** Looking at a class takes longer than writing it, and it looks the same every time. */
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return look(type);
        }
      };

  /** Copies the lists. */
  RecordShape {
    components = List.copyOf(components);
    constants = List.copyOf(constants);
    alternatives = List.copyOf(alternatives);
  }

  /** A component of a record, with the method that gives its value. */
  record Component(Class<?> plainType, Type type, Method accessor) {}

  /** The shape of a type. */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static RecordShape look(Class<?> type) {
    StringBuilder description = new StringBuilder(type.getName());
    List<Component> components = new ArrayList<>();
    List<Enum<?>> constants = new ArrayList<>();
    List<Class<?>> alternatives = new ArrayList<>();
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        description.append(',').append(component.getName());
        description.append(':').append(component.getGenericType().getTypeName());
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        components.add(new Component(component.getType(), component.getGenericType(), accessor));
      }
    } else if (type.isEnum()) {
      for (Enum<?> constant : (Enum<?>[]) type.getEnumConstants()) {
        description.append(',').append(constant.name());
        constants.add(constant);
      }
    } else {
      collect(type, alternatives);
      for (Class<?> alternative : alternatives) {
        description.append('|').append(alternative.getName());
      }
    }
    return new RecordShape(description.toString().hashCode(), components, constants, alternatives);
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
}
