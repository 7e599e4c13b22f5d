package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code text_strn(input, len, quoted)}. */
final class TextStrn implements UserIntrinsic {
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
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        EscapedText.escape(
            Arguments.text(arguments, 0),
            Arguments.number(arguments, 1),
            Arguments.number(arguments, 2) != 0));
  }
}
