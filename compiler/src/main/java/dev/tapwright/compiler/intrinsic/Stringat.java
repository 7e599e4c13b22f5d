package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code stringat(str, pos)}. */
final class Stringat implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "stringat",
          List.of(Parameter.text("str"), Parameter.number("pos")),
          Result.LONG,
          "The byte at that place of the string (the first is 0), as a number from 0 to 255; 0 behind "
              + "the end. An error when the place is negative.");

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
    return Optional.of(
        emitter.byteAt(
            arguments.get(0), arguments.get(1), "stringat: position ", " is out of bounds"));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String text = Arguments.text(arguments, 0);
    long position = Arguments.number(arguments, 1);
    if (position < 0) {
      throw context.fault("stringat: position " + position + " is out of bounds");
    }
    return Arguments.of(position < text.length() ? text.charAt((int) position) : 0);
  }
}
