package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code strtol(str, base)}. */
final class Strtol implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "strtol",
          List.of(Parameter.text("str"), Parameter.number("base")),
          Result.LONG,
          "The number at the beginning of the string, in a base of 2 to 36, up to the first byte that "
              + "is no digit; 0 when there is none. Base 0 takes 0x as hexadecimal and a leading 0 as octal.");

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
    return Optional.of(emitter.readNumber(arguments.get(0), arguments.get(1)));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    String text = Arguments.text(arguments, 0);
    long base = Arguments.number(arguments, 1);
    boolean isNegative = text.startsWith("-");
    String digits = isNegative ? text.substring(1) : text;
    boolean hasHexadecimalPrefix =
        digits.regionMatches(true, 0, "0x", 0, 2)
            && digits.length() > 2
            && Character.digit(digits.charAt(2), 16) >= 0;
    if (base == 0) {
      base = hasHexadecimalPrefix ? 16 : digits.startsWith("0") ? 8 : 10;
    }
    if (base < 2 || base > 36) {
      return Arguments.of(0);
    }
    long value = 0;
    for (int i = base == 16 && hasHexadecimalPrefix ? 2 : 0; i < digits.length(); i++) {
      // Beyond ASCII, Character.digit knows digits that are none here.
      int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), (int) base) : -1;
      if (digit < 0) {
        break;
      }
      value = value * base + digit;
    }
    return Arguments.of(isNegative ? -value : value);
  }
}
