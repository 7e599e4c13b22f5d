package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code tokenize(delim)}. */
final class TokenizeNext implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          Tokenize.NAME,
          List.of(Parameter.text("delim")),
          Result.STRING,
          "The next token of the input that the last tokenize(input, delim) began with, where any byte "
              + "of delim separates tokens. Empty when there are no more.");

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
    return Optional.of(emitter.token(Optional.empty(), arguments.get(0)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(Tokenize.next(context, Arguments.text(arguments, 0)));
  }
}
