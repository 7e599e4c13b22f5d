package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A function that the compiler provides. */
public interface Intrinsic {
  /** Its name, types and documentation. */
  Signature signature();

  /** The helpers that its code in the kernel calls. */
  Set<Helper> helpers();

  /**
   * Writes the call into a kernel handler.
   *
   * @param arguments as many as the signature has parameters
   * @return the result; empty when the signature has none
   */
  Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments);

  /**
   * Does the call in the user-space machine.
   *
   * @param arguments as many as the signature has parameters
   * @return the result; empty when the signature has none
   */
  Optional<Value> evaluate(UserContext context, List<Value> arguments);
}
