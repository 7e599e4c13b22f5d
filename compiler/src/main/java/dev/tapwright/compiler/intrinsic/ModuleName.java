package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code module_name()}. */
final class ModuleName implements Intrinsic {
  private static final String BEFORE = "stap_";

  /** With the digits of any number, its sign, and the NUL. */
  private static final int CAPACITY = BEFORE.length() + 21;

  private static final Signature SIGNATURE =
      new Signature(
          "module_name",
          List.of(),
          Result.STRING,
          "A name for this session that no other running session has.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.PROBE_READ_STR);
  }

  @Override
  public OptionalInt resultCapacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    KernelOperand process = emitter.session(KernelEmitter.SessionField.OWN_PROCESS);
    return Optional.of(emitter.numbered(BEFORE, process, CAPACITY));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(BEFORE + context.processId());
  }
}
