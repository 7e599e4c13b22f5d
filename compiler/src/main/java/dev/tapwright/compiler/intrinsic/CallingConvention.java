package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/**
 * {@code asmlinkage()} and its kin, which say how a function gets its arguments before {@code
 * int_arg()} asks for one. On x86-64 there is one way: they do nothing.
 */
final class CallingConvention implements Intrinsic {
  private final Signature signature;

  private CallingConvention(String name, List<Parameter> parameters, String what) {
    signature =
        new Signature(name, parameters, Result.NONE, what + ": on x86-64 it makes no difference.");
  }

  /** All of them. */
  static List<Intrinsic> all() {
    return List.of(
        new CallingConvention(
            "asmlinkage",
            List.of(),
            "Says that the probed function takes its arguments as assembler gives them"),
        new CallingConvention(
            "fastcall",
            List.of(),
            "Says that the probed function takes its first arguments in registers"),
        new CallingConvention(
            "regparm",
            List.of(Parameter.number("n")),
            "Says how many of its arguments the probed function takes in registers"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.empty();
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Optional.empty();
  }
}
