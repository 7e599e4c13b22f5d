package dev.tapwright.compiler.bpf;

/** A register of BPF. */
public enum Register {
  /** Results of calls, and of the program. */
  R0,
  /** Arguments of calls, destroyed by them; on entry the context. */
  R1,
  R2,
  R3,
  R4,
  R5,
  /** Kept over calls. */
  R6,
  R7,
  R8,
  R9,
  /** The frame's end, read only: the stack is the 512 bytes below it. */
  R10
}
