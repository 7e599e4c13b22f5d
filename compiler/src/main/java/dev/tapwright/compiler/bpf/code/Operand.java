package dev.tapwright.compiler.bpf.code;

/** A value of intermediate code: what a step reads. */
public sealed interface Operand {
  /**
   * A virtual register: 64 bits, assigned any number of times.
   *
   * @param number its place among the handler's virtual registers
   */
  record Virtual(int number) implements Operand {
    @Override
    public String toString() {
      return "v" + number;
    }
  }

  /** A constant. */
  record Constant(long value) implements Operand {
    /** Whether an instruction can hold it: 32 bits, sign-extended. */
    boolean fitsImmediate() {
      return value == (int) value;
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }
}
