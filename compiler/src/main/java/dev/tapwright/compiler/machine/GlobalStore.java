package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where one global variable lives that kernel handlers and the user-space machine share. The
 * machine keeps all others itself.
 */
public sealed interface GlobalStore {
  /** A variable without index. */
  non-sealed interface Scalar extends GlobalStore {
    /** Its value. */
    Value get();

    /** Stores a value; a string that is too long is cut. */
    void set(Value value);
  }

  /** An array. */
  non-sealed interface Array extends GlobalStore {
    /** The element, or empty when there is none. */
    Optional<Value> get(List<Value> key);

    /**
     * Stores an element.
     *
     * @return false when the array is full
     */
    boolean put(List<Value> key, Value value);

    /** Removes an element, if it is there. */
    void remove(List<Value> key);

    /** Removes all. */
    void clear();

    /** A copy of all elements, in no order. */
    Stream<Element> elements();
  }

  /** An element of an array. */
  record Element(List<Value> key, Value value) {
    /** Copies the key. */
    public Element {
      key = List.copyOf(key);
    }
  }
}
