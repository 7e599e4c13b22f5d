package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/**
 * {@code register(name)} and {@code u_register(name)}: a register of x86-64 as it was where the
 * probe was hit.
 */
final class ProbeRegister implements KernelIntrinsic {
  /** Names in DWARF's order, that of 32 bits behind each that has one. */
  private static final List<List<String>> NAMES =
      List.of(
          List.of("rax", "eax"),
          List.of("rdx", "edx"),
          List.of("rcx", "ecx"),
          List.of("rbx", "ebx"),
          List.of("rsi", "esi"),
          List.of("rdi", "edi"),
          List.of("rbp", "ebp"),
          List.of("rsp", "esp"),
          List.of("r8"),
          List.of("r9"),
          List.of("r10"),
          List.of("r11"),
          List.of("r12"),
          List.of("r13"),
          List.of("r14"),
          List.of("r15"),
          List.of("rip", "eip"));

  private final Signature signature;
  private final boolean isSigned;

  ProbeRegister(boolean isSigned) {
    signature =
        new Signature(
            isSigned ? "register" : "u_register",
            List.of(Parameter.text("name")),
            Result.LONG,
            "The processor's register `name`, such as rdi or edi, as it was where the probe was hit; one of 32 bits is %s-extended."
                .formatted(isSigned ? "sign" : "zero"));
    this.isSigned = isSigned;
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
    Optional<String> name = emitter.literal(arguments.getFirst());
    if (name.isEmpty()) {
      return Optional.of(
          emitter.refuse("a register's name has to stand in the script of a kernel probe"));
    }
    boolean isHalf = name.get().startsWith("e");
    int number = number(name.get());
    if (number < 0) {
      return Optional.of(emitter.refuse("Unknown register: " + name.get()));
    }
    KernelOperand value = emitter.register(number);
    return Optional.of(isHalf ? emitter.narrowed(value, 32, isSigned) : value);
  }

  /** The DWARF number of {@code rdi}, {@code di} or {@code edi}; -1 for another name. */
  private static int number(String name) {
    for (int i = 0; i < NAMES.size(); i++) {
      List<String> names = NAMES.get(i);
      if (names.contains(name) || (names.size() > 1 && names.getFirst().equals("r" + name))) {
        return i;
      }
    }
    return -1;
  }
}
