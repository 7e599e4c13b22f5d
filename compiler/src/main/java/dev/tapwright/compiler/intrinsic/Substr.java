package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code substr(str, start, length)}. */
final class Substr implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "substr",
          List.of(Parameter.text("str"), Parameter.number("start"), Parameter.number("length")),
          Result.STRING,
          "The part of the string from the byte start (the first is 0), of that length, or as much as "
              + "there is. Empty when start or length makes no sense.");

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
    return Optional.of(emitter.part(arguments.get(0), arguments.get(1), arguments.get(2)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String text = Arguments.text(arguments, 0);
    long start = Arguments.number(arguments, 1);
    long length = Arguments.number(arguments, 2);
    if (start < 0 || length <= 0 || start >= text.length()) {
      return Arguments.of("");
    }
    long end = start + Math.min(length, text.length() - start);
    return Arguments.of(text.substring((int) start, (int) end));
  }
}
