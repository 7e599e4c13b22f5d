package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code symname(addr)}. */
final class Symname implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "symname",
          List.of(Parameter.number("addr")),
          Result.STRING,
          "The name of the function of the kernel that an address is in; the address, as 0xADDRESS, when it is in "
              + "none.");

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    long address = Arguments.number(arguments, 0);
    return Arguments.of(
        context
            .kernelAddress(address)
            .map(UserHost.KernelAddress::symbol)
            .orElseGet(() -> "0x" + Long.toHexString(address)));
  }
}
