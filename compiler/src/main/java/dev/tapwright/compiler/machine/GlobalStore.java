package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;
import java.util.List;
import java.util.Map;
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

  /** A statistic, or an array of them; the key of a scalar has no parts. */
  non-sealed interface Statistics extends GlobalStore {
    /** The statistic of a key, if any value was ever added to it. */
    Optional<Statistic> get(List<Value> key);

    /**
     * Adds a value.
     *
     * @return false when the array is full
     */
    boolean add(List<Value> key, long value);

    /** Removes a statistic, if it is there. */
    void remove(List<Value> key);

    /** Removes all. */
    void clear();

    /** All as they are now. */
    Map<List<Value>, Statistic> elements();
  }

  /** An element of an array. */
  record Element(List<Value> key, Value value) {
    /** Copies the key. */
    public Element {
      key = List.copyOf(key);
    }
  }
}
