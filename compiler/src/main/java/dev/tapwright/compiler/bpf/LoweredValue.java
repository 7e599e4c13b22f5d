package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.intrinsic.KernelOperand;

/** A value of the language in a handler being lowered. */
sealed interface LoweredValue extends KernelOperand {
  /** A number. */
  record Number(Operand operand) implements LoweredValue {}

  /** A string. */
  sealed interface Text extends LoweredValue {
    /** Bytes that it may need, with the NUL. */
    int capacity();
  }

  /**
   * A string known now.
   *
   * @param bytes one {@code char} of 1 to 255 for each byte
   */
  record LiteralText(String bytes) implements Text {
    @Override
    public int capacity() {
      return bytes.length() + 1;
    }
  }

  /**
   * A string in memory, NUL-terminated.
   *
   * @param isPadded whether there are NULs up to its capacity rounded up to 8, so that equal
   *     strings are equal bytes, handled eight at a time; otherwise what is behind its NUL says
   *     nothing
   */
  record MemoryText(Address address, int capacity, boolean isPadded) implements Text {
    /** As strings of that capacity are kept. */
    MemoryText(Address address, int capacity) {
      this(address, capacity, Texts.isPadded(capacity));
    }
  }
}
