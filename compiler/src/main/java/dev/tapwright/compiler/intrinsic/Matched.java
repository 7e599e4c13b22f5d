package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code matched(n)}. */
public final class Matched implements Intrinsic {
  /** Its name. */
  public static final String NAME = "matched";

  /** Of the message of its error, what stands before the group. */
  public static final String FAULT_BEFORE = "no subexpression ";

  /** And behind it. */
  public static final String FAULT_BEHIND = " was matched";

  private static final Signature SIGNATURE =
      new Signature(
          NAME,
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
  public Set<Helper> helpers() {
    return Set.of(Helper.PROBE_READ_STR);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.matched(arguments.getFirst()));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    long group = Arguments.number(arguments, 0);
    return Optional.of(
        new Value.StringValue(
            context
                .matched(group)
                .orElseThrow(() -> context.fault(FAULT_BEFORE + group + FAULT_BEHIND))));
  }
}
