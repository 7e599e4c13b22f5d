package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code matched(n)}. */
final class Matched implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "matched",
          List.of(Parameter.number("n")),
          Result.STRING,
          "A part of what the last successful =~ of this handler matched: 0 gives all of it, another "
              + "number what that parenthesis matched, empty when it took no part. An error when the last =~ "
              + "did not match or has fewer parentheses.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    long group = Arguments.number(arguments, 0);
    return Optional.of(
        new Value.StringValue(
            context
                .matched(group)
                .orElseThrow(() -> context.fault("no subexpression " + group + " was matched"))));
  }
}
