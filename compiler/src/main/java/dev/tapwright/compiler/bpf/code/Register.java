package dev.tapwright.compiler.bpf.code;

import java.util.List;

/** A register of BPF. */
public enum Register {
  /** Results of calls, and of the program. */
  R0(0),
  /** Arguments of calls, destroyed by them; on entry the context. */
  R1(1),
  R2(2),
  R3(3),
  R4(4),
  R5(5),
  /** Kept over calls. */
  R6(6),
  R7(7),
  R8(8),
  R9(9),
  /** The frame's end, read only: the stack is the 512 bytes below it. */
  R10(10);

  private static final List<Register> ALL = List.of(values());

  private final int number;

  Register(int number) {
    this.number = number;
  }

  /** Its number. */
  public int number() {
    return number;
  }

  /** The register of a number from 0 to 10. */
  public static Register of(int number) {
    return ALL.get(number);
  }

  @Override
  public String toString() {
    return "r" + number;
  }
}
