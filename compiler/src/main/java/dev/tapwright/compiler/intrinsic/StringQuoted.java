package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code string_quoted(str)}. */
final class StringQuoted implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "string_quoted",
          List.of(Parameter.text("str")),
          Result.STRING,
          "The string between double quotes, with every byte that is not printable ASCII, and the quote "
              + "and the backslash, written as an escape sequence.");

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
    return Optional.of(emitter.escape(arguments.get(0), emitter.constant(0), emitter.constant(1)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        EscapedText.escape(Arguments.text(arguments, 0), 0, true, context.stringLength()));
  }
}
