package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code text_strn(input, len, quoted)}. */
final class TextStrn implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "text_strn",
          List.of(Parameter.text("input"), Parameter.number("len"), Parameter.number("quoted")),
          Result.STRING,
          "The string as text_str() gives it, at most len bytes of it (0 for as many as a string can "
              + "have); between double quotes when quoted is not 0, and then with ... behind them when it was "
              + "cut.");

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
    return Optional.of(emitter.escape(arguments.get(0), arguments.get(1), arguments.get(2)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        EscapedText.escape(
            Arguments.text(arguments, 0),
            Arguments.number(arguments, 1),
            Arguments.number(arguments, 2) != 0,
            context.stringLength()));
  }
}
