package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Stacks: {@code backtrace()}, {@code callers(n)}, {@code stack(n)}, and the same of the process
 * with a {@code u} before.
 */
public final class StackTrace implements KernelIntrinsic {
  /** 26 addresses of 19 bytes: what a string of 512 bytes can have. */
  private static final int CAPACITY = 496;

  private static final long ALL = Long.MAX_VALUE;

  private enum Form {
    WHOLE,
    FIRST,
    ONE
  }

  private final Signature signature;
  private final Form form;
  private final boolean isUser;

  private StackTrace(String name, Form form, boolean isUser, String documentation) {
    this.form = form;
    this.isUser = isUser;
    signature =
        new Signature(
            name,
            form == Form.WHOLE ? List.of() : List.of(Parameter.number("n")),
            form == Form.ONE ? Result.LONG : Result.STRING,
            documentation.formatted(isUser ? "the process" : "the kernel"));
  }

  /** All of them. */
  static List<Intrinsic> all() {
    String whole =
        "The addresses of %s's stack where the probe was hit, innermost first, as 0xADDRESS with a space between.";
    String first =
        "The first `n` addresses of %s's stack below the innermost, and that one, as 0xADDRESS with a space between; all for -1.";
    String one =
        "The address at depth `n` of %s's stack where the probe was hit, 0 for the innermost; 0 where it is not so deep.";
    return List.of(
        new StackTrace("backtrace", Form.WHOLE, false, whole),
        new StackTrace("ubacktrace", Form.WHOLE, true, whole),
        new StackTrace("callers", Form.FIRST, false, first),
        new StackTrace("ucallers", Form.FIRST, true, first),
        new StackTrace("stack", Form.ONE, false, one),
        new StackTrace("ustack", Form.ONE, true, one));
  }

  /** The names of those that ask for the kernel's stack, or the process'. */
  public static Set<String> names(boolean isUser) {
    return isUser
        ? Set.of("ubacktrace", "ucallers", "ustack")
        : Set.of("backtrace", "callers", "stack");
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Set<Helper> helpers() {
    return form == Form.ONE
        ? Set.of(Helper.GET_STACK)
        : Set.of(Helper.GET_STACK, Helper.SNPRINTF, Helper.PROBE_READ_STR);
  }

  @Override
  public OptionalInt resultCapacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(
        switch (form) {
          case WHOLE -> emitter.stack(isUser, emitter.constant(ALL));
          // Taken as unsigned, -1 is more than any stack has.
          case FIRST ->
              emitter.stack(
                  isUser, emitter.add(emitter.low32(arguments.getFirst()), emitter.constant(1)));
          case ONE -> emitter.stackEntry(isUser, arguments.getFirst());
        });
  }
}
