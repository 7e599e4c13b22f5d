package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.target.Helper;

/**
 * An instruction of BPF (kernel, Documentation/bpf/standardization/instruction-set.rst).
 *
 * <pre>
 *   bits 0–7   8–11   12–15   16–31     32–63
 *   opcode     dst    src     offset    immediate
 * </pre>
 */
public sealed interface Instruction {
  /** A second operand. */
  sealed interface Source {
    /** A register. */
    record InRegister(Register register) implements Source {}

    /** A constant, sign-extended to 64 bits. */
    record Immediate(int value) implements Source {}
  }

  /** Bytes of a memory access. */
  enum Size {
    BYTE(1),
    HALF(2),
    WORD(4),
    DOUBLE(8);

    private final int bytes;

    Size(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes. */
    public int bytes() {
      return bytes;
    }
  }

  /** Arithmetic. */
  enum Operation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    /** Unsigned; by zero gives zero. */
    DIVIDE,
    OR,
    AND,
    SHIFT_LEFT,
    SHIFT_RIGHT_UNSIGNED,
    NEGATE,
    /** Unsigned; by zero leaves the left operand. */
    MODULO,
    EXCLUSIVE_OR,
    MOVE,
    SHIFT_RIGHT,
    /** Signed (6.6). */
    DIVIDE_SIGNED,
    /** Signed (6.6). */
    MODULO_SIGNED
  }

  /** Comparisons of jumps. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    GREATER_UNSIGNED,
    GREATER_OR_EQUAL_UNSIGNED,
    LESS_UNSIGNED,
    LESS_OR_EQUAL_UNSIGNED,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    BITS_SET
  }

  /** Atomic operations on memory. */
  enum AtomicOperation {
    /** Adds; every kernel. */
    ADD,
    /** Adds and gives the old value in the source register (5.12). */
    FETCH_ADD,
    /** The same for bits (5.12). */
    OR,
    FETCH_OR,
    AND,
    FETCH_AND,
    EXCLUSIVE_OR,
    FETCH_EXCLUSIVE_OR,
    /** Exchanges with the source register (5.12). */
    EXCHANGE,
    /** If memory equals R0, stores the source register; R0 gets the old value (5.12). */
    COMPARE_EXCHANGE
  }

  /**
   * {@code destination = destination operation source}, in 64 or 32 bits; 32 bits clear the upper
   * half.
   */
  record Arithmetic(Operation operation, boolean is64Bit, Register destination, Source source)
      implements Instruction {}

  /** {@code destination = constant}, two slots. */
  record LoadConstant(Register destination, long value) implements Instruction {}

  /** {@code destination = map}, two slots. */
  record LoadMap(Register destination, int map) implements Instruction {}

  /** {@code destination = address of the map's first element + offset}, two slots (5.2). */
  record LoadMapValue(Register destination, int map, int offset) implements Instruction {}

  /** {@code destination = address of a function}, two slots (5.13). */
  record LoadFunction(Register destination, MapFunction function) implements Instruction {}

  /** Where a function begins that the kernel calls back, behind the program. No slot. */
  record FunctionStart(MapFunction function) implements Instruction {}

  /** {@code destination = *(size *)(base + offset)}, zero-extended. */
  record Load(Size size, Register destination, Register base, int offset) implements Instruction {}

  /** {@code *(size *)(base + offset) = source}. */
  record Store(Size size, Register base, int offset, Source source) implements Instruction {}

  /**
   * An atomic operation on {@code *(size *)(base + offset)}; the size is a word or a double word.
   */
  record Atomic(AtomicOperation operation, Size size, Register base, int offset, Register source)
      implements Instruction {}

  /**
   * Jumps if the comparison holds, in 64 bits, or 32 (5.1).
   *
   * @param target place in the program's instructions
   */
  record JumpIf(Comparison comparison, boolean is64Bit, Register left, Source right, int target)
      implements Instruction {}

  /** Jumps. */
  record Jump(int target) implements Instruction {}

  /**
   * Jumps once the kernel has had enough of the loop that it stands in (6.9).
   *
   * @param target place in the program's instructions
   */
  record MayGoto(int target) implements Instruction {}

  /** Calls a helper. */
  record Call(Helper helper) implements Instruction {}

  /**
   * Calls a function of the program, which the verifier looks at on its own (5.6).
   *
   * @param target place of its first instruction in the program's instructions
   */
  record CallFunction(int target) implements Instruction {}

  /** Returns R0. */
  record Exit() implements Instruction {}
}
