package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code str_replace(prnt_str, srch_str, rplc_str)}. */
final class StrReplace implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "str_replace",
          List.of(
              Parameter.text("prnt_str"), Parameter.text("srch_str"), Parameter.text("rplc_str")),
          Result.STRING,
          "The first string with every occurrence of the second replaced by the third.");

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
    return Optional.of(emitter.replace(arguments.get(0), arguments.get(1), arguments.get(2)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String searched = Arguments.text(arguments, 1);
    String text = Arguments.text(arguments, 0);
    return Arguments.of(
        searched.isEmpty() ? text : text.replace(searched, Arguments.text(arguments, 2)));
  }
}
