package dev.tapwright.compiler.bpf.code;

import java.util.List;

/**
 * A handler whose virtual registers all have a register.
 *
 * @param flow the handler, with loads and stores of what had no room
 * @param registers by the number of the virtual register; R10 for those that are never mentioned
 */
public record RegisterAllocation(Flow flow, List<Register> registers) {
  /** Copies the list. */
  public RegisterAllocation {
    registers = List.copyOf(registers);
  }

  /** Where a virtual register lies. */
  Register of(Operand.Virtual virtual) {
    return registers.get(virtual.number());
  }
}
