package dev.tapwright.compiler.bpf;

import java.util.OptionalInt;

/**
 * Where x86-64's {@code struct pt_regs} has the registers of a probed function (
 * arch/x86/include/uapi/asm/ptrace.h), in bytes.
 */
final class RegisterFrame {
  /** The register in which functions return. */
  static final int RESULT = 80;

  /** rdi, rsi, rdx, rcx, r8, r9: the System V calling convention. */
  private static final int[] ARGUMENTS = {112, 104, 96, 88, 72, 64};

  /** rax, rdx, rcx, rbx, rsi, rdi, rbp, rsp, r8 to r15, rip: DWARF's order. */
  private static final int[] DWARF = {
    80, 96, 88, 40, 104, 112, 32, 152, 72, 64, 56, 48, 24, 16, 8, 0, 128
  };

  /** The stack's pointer. */
  static final int STACK = 152;

  /** rdi, rsi, rdx, r10, r8, r9: how a program calls the kernel. */
  private static final int[] SYSTEM_CALL_ARGUMENTS = {112, 104, 96, 56, 72, 64};

  /** orig_rax: the number of the system call, which its result replaces in rax. */
  static final int SYSTEM_CALL_NUMBER = 120;

  /** cs. */
  static final int CODE_SEGMENT = 136;

  private RegisterFrame() {}

  /** The register of an argument of a system call, 0 to 5. */
  static int ofSystemCallArgument(int index) {
    return SYSTEM_CALL_ARGUMENTS[index];
  }

  /** The register of an argument; empty for one that is on the stack. */
  static OptionalInt ofArgument(int index) {
    return index < ARGUMENTS.length ? OptionalInt.of(ARGUMENTS[index]) : OptionalInt.empty();
  }

  /** The register of a DWARF number. */
  static OptionalInt ofDwarf(int number) {
    return number >= 0 && number < DWARF.length
        ? OptionalInt.of(DWARF[number])
        : OptionalInt.empty();
  }
}
