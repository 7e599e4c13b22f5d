package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands between the brackets of an array, evaluated.
 *
 * @param parts empty for {@code *}
 */
record KeyPattern(List<Optional<Value>> parts) {
  static KeyPattern of(Activation activation, List<Code> key) {
    List<Optional<Value>> parts = new ArrayList<>(key.size());
    for (Code code : key) {
      parts.add(
          code instanceof Code.AnyValue ? Optional.empty() : Optional.of(activation.value(code)));
    }
    return new KeyPattern(parts);
  }

  /** The one key that matches; empty when there is a wildcard. */
  Optional<List<Value>> exactly() {
    List<Value> key = new ArrayList<>(parts.size());
    for (Optional<Value> part : parts) {
      if (part.isEmpty()) {
        return Optional.empty();
      }
      key.add(part.get());
    }
    return Optional.of(List.copyOf(key));
  }

  /** Whether a key of as many parts matches. */
  boolean matches(List<Value> key) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).isPresent() && !parts.get(i).get().equals(key.get(i))) {
        return false;
      }
    }
    return true;
  }
}
