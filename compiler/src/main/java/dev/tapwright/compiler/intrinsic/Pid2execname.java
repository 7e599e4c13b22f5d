package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code pid2execname(pid)}. */
final class Pid2execname implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "pid2execname",
          List.of(Parameter.number("pid")),
          Result.STRING,
          "The name of the process of a number, at most 15 bytes; empty when there is none.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(context.processName(Arguments.number(arguments, 0)).orElse(""));
  }
}
