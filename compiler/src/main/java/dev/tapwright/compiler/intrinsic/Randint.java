package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** {@code randint(n)}. */
final class Randint implements Intrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "randint",
          List.of(Parameter.number("n")),
          Result.LONG,
          "A random number from 0 up to and without n, which is at most 1048576; 0 when n is less than "
              + "1.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.GET_PRANDOM_U32);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    KernelOperand random = emitter.call(Helper.GET_PRANDOM_U32, List.of());
    return Optional.of(emitter.scaled(random, arguments.getFirst()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    long bound = Arguments.number(arguments, 0);
    return Arguments.of(bound < 1 ? 0 : ThreadLocalRandom.current().nextLong(bound));
  }
}
