package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code tokenize(input, delim)}. */
public final class Tokenize implements Intrinsic {
  /** Its name. */
  public static final String NAME = "tokenize";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
          List.of(Parameter.text("input"), Parameter.text("delim")),
          Result.STRING,
          "The first token of the input, where any byte of delim separates tokens. With an empty input, "
              + "the next token of the input of the call before. Empty when there are no more. A handler in "
              + "the kernel goes on with what it began with in the same run only.");

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
    return Optional.of(emitter.token(Optional.of(arguments.get(0)), arguments.get(1)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String input = Arguments.text(arguments, 0);
    if (!input.isEmpty()) {
      context.keepTokenizerRest(input);
    }
    return Arguments.of(next(context, Arguments.text(arguments, 1)));
  }

  /** Takes the next token from what is left. */
  static String next(UserContext context, String delimiters) {
    String rest = context.tokenizerRest();
    int start = 0;
    while (start < rest.length() && delimiters.indexOf(rest.charAt(start)) >= 0) {
      start++;
    }
    int end = start;
    while (end < rest.length() && delimiters.indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    context.keepTokenizerRest(rest.substring(Math.min(end + 1, rest.length())));
    return rest.substring(start, end);
  }
}
