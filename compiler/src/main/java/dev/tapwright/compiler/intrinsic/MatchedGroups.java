package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code ngroups()}. */
public final class MatchedGroups implements Intrinsic {
  /** Its name. */
  public static final String NAME = "ngroups";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(),
          Result.LONG,
          "How many parts `matched()` tells of the last successful =~ of this handler: all of it, and one for "
              + "each parenthesis. An error when the last =~ did not match.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public boolean isPlain() {
    return false;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.matchedGroups());
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        context
            .matchedGroups()
            .orElseThrow(() -> context.fault(Matched.FAULT_BEFORE + 0 + Matched.FAULT_BEHIND)));
  }
}
