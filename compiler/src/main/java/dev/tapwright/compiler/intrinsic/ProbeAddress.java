package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/**
 * What registers tell of a handler's probe without their names: {@code addr()}, {@code
 * returnval()}, {@code registers_valid()}.
 */
final class ProbeAddress implements KernelIntrinsic {
  /** {@code rip} as DWARF numbers it. */
  private static final int INSTRUCTION_POINTER = 16;

  private enum Fact {
    ADDRESS,
    RESULT,
    IS_VALID
  }

  private final Signature signature;
  private final Fact fact;

  private ProbeAddress(Fact fact, String name, String documentation) {
    this.fact = fact;
    signature = new Signature(name, List.of(), Result.LONG, documentation);
  }

  /** All of them. */
  static List<Intrinsic> all() {
    return List.of(
        new ProbeAddress(
            Fact.ADDRESS,
            "addr",
            "The address of the instruction that was to run next where the probe was hit; 0 where the probe has no registers."),
        new ProbeAddress(
            Fact.RESULT,
            "returnval",
            "What the function or system call gives whose return the probe is at, as 64 bits."),
        new ProbeAddress(
            Fact.IS_VALID,
            "registers_valid",
            "Whether register() and u_register() can be used in the probe: 1 or 0."));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public boolean readsRegisters() {
    return true;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(
        switch (fact) {
          case ADDRESS ->
              emitter.hasRegisters() ? emitter.register(INSTRUCTION_POINTER) : emitter.constant(0);
          case RESULT -> emitter.result();
          case IS_VALID -> emitter.constant(emitter.hasRegisters() ? 1 : 0);
        });
  }
}
