package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code isdigit(str)}. */
final class Isdigit implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "isdigit",
          List.of(Parameter.text("str")),
          Result.LONG,
          "1 when the first byte of the string is a digit, else 0.");

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
    return Optional.of(emitter.isDigit(arguments.get(0)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String text = Arguments.text(arguments, 0);
    return Arguments.of(!text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9' ? 1 : 0);
  }
}
