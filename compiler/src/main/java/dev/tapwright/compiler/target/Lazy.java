package dev.tapwright.compiler.target;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A fact that is read when it is first asked for, once, by whichever thread comes first. */
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> reader;
  private volatile @Nullable T value;

  /** A fact, and how to read it. */
  public Lazy(Supplier<T> reader) {
    this.reader = reader;
  }

  @Override
  public T get() {
    T known = value;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      T again = value;
      if (again == null) {
        again = reader.get();
        value = again;
      }
      return again;
    }
  }
}
