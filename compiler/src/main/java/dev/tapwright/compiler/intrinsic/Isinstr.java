package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code isinstr(s1, s2)}. */
final class Isinstr implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "isinstr",
          List.of(Parameter.text("s1"), Parameter.text("s2")),
          Result.LONG,
          "1 when the second string stands somewhere in the first, else 0.");

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
    return Optional.of(
        emitter.subtract(
            emitter.constant(1),
            emitter.shiftRightUnsigned(emitter.find(arguments.get(0), arguments.get(1)), 63)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        Arguments.text(arguments, 0).contains(Arguments.text(arguments, 1)) ? 1 : 0);
  }
}
