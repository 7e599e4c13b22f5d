package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/** {@code symdata(addr)}. */
final class Symdata implements UserIntrinsic {
  private static final Signature SIGNATURE =
      new Signature(
          "symdata",
          List.of(Parameter.number("addr")),
          Result.STRING,
          "The function of the kernel that an address is in, with the distance from its start, its size and the "
              + "module, such as vfs_read+0x10/0x2a0 [kernel]; the address, as 0xADDRESS, when it is in none.");

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
            .map(Symdata::text)
            .orElseGet(() -> "0x" + Long.toHexString(address)));
  }

  private static String text(UserHost.KernelAddress place) {
    return "%s+0x%x/0x%x [%s]"
        .formatted(
            place.symbol(),
            place.offset(),
            place.size(),
            place.module().isEmpty() ? "kernel" : place.module());
  }
}
