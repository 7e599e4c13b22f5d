package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code tokenize(delim)}. */
final class TokenizeNext implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "tokenize",
          List.of(Parameter.text("delim")),
          Result.STRING,
          "The next token of the input that the last tokenize(input, delim) began with, where any byte "
              + "of delim separates tokens. Empty when there are no more.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(Tokenize.next(context, Arguments.text(arguments, 0)));
  }
}
