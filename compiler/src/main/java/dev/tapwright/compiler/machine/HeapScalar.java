package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Value;

/** A global scalar that only user-placed handlers use. */
final class HeapScalar implements GlobalStore.Scalar {
  private Value value;

  HeapScalar(Value initialValue) {
    value = initialValue;
  }

  @Override
  public Value get() {
    return value;
  }

  @Override
  public void set(Value newValue) {
    value = newValue;
  }
}
