package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.Helper;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A function that the compiler provides. */
public interface Intrinsic {
  /** Its name, types and documentation. */
  Signature signature();

  /** Where it can be called. A call from elsewhere is "not supported yet". */
  default Set<Placement> placements() {
    return EnumSet.allOf(Placement.class);
  }

  /** Whether it reads the kernel's memory when the user-space machine does it. */
  default boolean readsKernelMemory() {
    return false;
  }

  /** The C type that its result is the address of, as casts name it; for {@code ->}. */
  default Optional<String> pointsTo() {
    return Optional.empty();
  }

  /** Whether it tells of the registers where the handler's probe was hit. */
  default boolean readsRegisters() {
    return false;
  }

  /** Whether it only tells something of the machine or the probe, which cannot be a fault. */
  default boolean isPlain() {
    return signature().parameters().isEmpty();
  }

  /** The helpers that its code in the kernel calls. */
  default Set<Helper> helpers() {
    return Set.of();
  }

  /**
   * Most bytes of the resulting string, with its NUL, where that is less than the session's strings
   * can have.
   */
  default OptionalInt resultCapacity() {
    return OptionalInt.empty();
  }

  /**
   * The same where it depends on the arguments.
   *
   * @param arguments their values where they are numbers that stand in the script
   */
  default OptionalInt resultCapacity(List<OptionalLong> arguments) {
    return resultCapacity();
  }

  /**
   * Writes the call into a kernel handler; only asked when {@link #placements()} has the kernel.
   *
   * @param arguments as many as the signature has parameters
   * @return the result; empty when the signature has none
   */
  Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments);

  /**
   * Does the call in the user-space machine; only asked when {@link #placements()} has user space.
   * A resulting string that is longer than the session's strings can be is cut by the caller.
   *
   * @param arguments as many as the signature has parameters, of its types
   * @return the result; empty when the signature has none
   */
  Optional<Value> evaluate(UserContext context, List<Value> arguments);
}
