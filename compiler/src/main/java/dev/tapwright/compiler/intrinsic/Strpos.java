package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code strpos(s1, s2)}. */
final class Strpos implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "strpos",
          List.of(Parameter.text("s1"), Parameter.text("s2")),
          Result.LONG,
          "Where the second string first stands in the first, counted in bytes from 0; -1 when it does "
              + "not.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.PROBE_READ_STR);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.find(arguments.get(0), arguments.get(1)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(Arguments.text(arguments, 0).indexOf(Arguments.text(arguments, 1)));
  }
}
