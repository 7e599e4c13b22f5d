package dev.tapwright.compiler.intrinsic;

/** A value in the user-space machine. */
public sealed interface Value extends Comparable<Value> {
  // Values are keys of arrays: their methods are written out so that the first array of a session
  // does not pay for
  // what a record otherwise sets up at run time.

  /** A signed 64-bit number. */
  record LongValue(long value) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof LongValue number && number.value == value;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(value);
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * A string.
   *
   * @param value one {@code char} of 0 to 255 for each byte (Latin-1)
   */
  record StringValue(String value) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof StringValue text && text.value.equals(value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }

    @Override
    public String toString() {
      return value;
    }
  }

  @Override
  default int compareTo(Value other) {
    if (this instanceof LongValue mine && other instanceof LongValue theirs) {
      return Long.compare(mine.value, theirs.value);
    }
    if (this instanceof StringValue mine && other instanceof StringValue theirs) {
      return mine.value.compareTo(theirs.value);
    }
    throw new IllegalArgumentException("values of two types: " + this + ", " + other);
  }
}
