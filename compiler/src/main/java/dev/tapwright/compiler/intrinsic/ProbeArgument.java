package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/**
 * {@code int_arg(n)} and its kin: an argument of the function or system call that a probe is at, by
 * its number alone.
 */
final class ProbeArgument implements KernelIntrinsic {
  private final Signature signature;
  private final int bits;
  private final boolean isSigned;

  private ProbeArgument(String name, String cType, int bits, boolean isSigned) {
    signature =
        new Signature(
            name,
            List.of(Parameter.number("n")),
            Result.LONG,
            "Argument `n`, counted from 1, of the function or system call that the probe is at, as a C `%s`."
                .formatted(cType));
    this.bits = bits;
    this.isSigned = isSigned;
  }

  /** All of them. */
  static List<Intrinsic> all() {
    return List.of(
        new ProbeArgument("int_arg", "int", 32, true),
        new ProbeArgument("uint_arg", "unsigned int", 32, false),
        new ProbeArgument("long_arg", "long", 64, true),
        new ProbeArgument("ulong_arg", "unsigned long", 64, false),
        new ProbeArgument("longlong_arg", "long long", 64, true),
        new ProbeArgument("ulonglong_arg", "unsigned long long", 64, false),
        new ProbeArgument("pointer_arg", "void *", 64, false),
        new ProbeArgument("s32_arg", "s32", 32, true),
        new ProbeArgument("u32_arg", "u32", 32, false),
        new ProbeArgument("s64_arg", "s64", 64, true),
        new ProbeArgument("u64_arg", "u64", 64, false));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.narrowed(emitter.argument(arguments.getFirst()), bits, isSigned));
  }
}
