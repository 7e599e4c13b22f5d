package dev.tapwright.compiler.bpf.code;

/** A place in memory. */
public sealed interface Address {
  /** The same place, some bytes on. */
  Address plus(int bytes);

  /**
   * On the stack.
   *
   * @param offset from the frame's end, so less than 0
   */
  record Stack(int offset) implements Address {
    @Override
    public Stack plus(int bytes) {
      return new Stack(offset + bytes);
    }
  }

  /** Behind a pointer. */
  record Behind(Operand.Virtual pointer, int offset) implements Address {
    @Override
    public Behind plus(int bytes) {
      return new Behind(pointer, offset + bytes);
    }
  }
}
