package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code text_str(input)}. */
final class TextStr implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "text_str",
          List.of(Parameter.text("input")),
          Result.STRING,
          "The string with every byte that is not printable ASCII, and the quote and the backslash, "
              + "written as an escape sequence.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(EscapedText.escape(Arguments.text(arguments, 0), 0, false));
  }
}
