package dev.tapwright.compiler.assembler;

/** What a step of assembler reads. */
public sealed interface AssemblyOperand {
  /**
   * A register.
   *
   * @param register its number, see {@link Assembly}
   */
  record InRegister(int register) implements AssemblyOperand {}

  /** A number, 64 bits. */
  record Number(long value) implements AssemblyOperand {}

  /**
   * The address of a string.
   *
   * @param bytes one {@code char} of 1 to 255 for each byte, without the NUL
   */
  record Text(String bytes) implements AssemblyOperand {}
}
