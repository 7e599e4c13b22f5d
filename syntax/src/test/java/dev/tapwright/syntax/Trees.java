package dev.tapwright.syntax;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/** Compares trees but for their spans. */
public final class Trees {
  private Trees() {}

  /** Where two trees differ first; empty when they do not. */
  public static Optional<String> difference(Object left, Object right) {
    return difference(left, right, "");
  }

  private static Optional<String> difference(Object left, Object right, String path) {
    if (left instanceof Span) {
      return Optional.empty();
    }
    if (left.getClass() != right.getClass()) {
      return Optional.of(
          path + ": " + left.getClass().getSimpleName() + ", " + right.getClass().getSimpleName());
    }
    return switch (left) {
      case Optional<?> value -> {
        Optional<?> other = (Optional<?>) right;
        yield value.isPresent() && other.isPresent()
            ? difference(value.get(), other.get(), path)
            : value.isPresent() == other.isPresent()
                ? Optional.empty()
                : Optional.of(path + ": " + value + ", " + other);
      }
      case List<?> list -> ofLists(list, (List<?>) right, path);
      case Record node -> ofRecords(node, (Record) right, path);
      default ->
          left.equals(right) ? Optional.empty() : Optional.of(path + ": " + left + ", " + right);
    };
  }

  private static Optional<String> ofLists(List<?> left, List<?> right, String path) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      Optional<String> difference = difference(left.get(i), right.get(i), path + "[" + i + "]");
      if (difference.isPresent()) {
        return difference;
      }
    }
    return left.size() == right.size()
        ? Optional.empty()
        : Optional.of(path + ": " + left.size() + ", " + right.size());
  }

  private static Optional<String> ofRecords(Record left, Record right, String path) {
    try {
      for (RecordComponent component : left.getClass().getRecordComponents()) {
        Optional<String> difference =
            difference(
                component.getAccessor().invoke(left),
                component.getAccessor().invoke(right),
                path + "." + component.getName());
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
