package dev.tapwright.compiler.intrinsic;

/** A value in the user-space machine. */
public sealed interface Value extends Comparable<Value> {
  /** A signed 64-bit number. */
  record LongValue(long value) implements Value {}

  /**
   * A string.
   *
   * @param value one {@code char} of 0 to 255 for each byte (Latin-1)
   */
  record StringValue(String value) implements Value {}

  @Override
  default int compareTo(Value other) {
    return switch (this) {
      case LongValue(long mine) when other instanceof LongValue(long theirs) -> Long.compare(mine, theirs);
      case StringValue(String mine) when other instanceof StringValue(String theirs) -> mine.compareTo(theirs);
      default -> throw new IllegalArgumentException("values of two types: " + this + ", " + other);
    };
  }
}
