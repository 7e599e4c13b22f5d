package dev.tapwright.compiler.tapset;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is made when it is first asked for, once. */
final class Deferred<T> implements Supplier<T> {
  private final Supplier<T> source;
  private Optional<T> value = Optional.empty();

  Deferred(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public synchronized T get() {
    if (value.isEmpty()) {
      value = Optional.of(source.get());
    }
    return value.get();
  }

  /** The value if it has been made. */
  synchronized Optional<T> known() {
    return value;
  }
}
