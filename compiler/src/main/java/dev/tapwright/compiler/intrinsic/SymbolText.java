package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What lies at an address of the kernel, out of which the library makes {@code symname()}, {@code
 * symdata()} and {@code modname()}.
 */
final class SymbolText implements Intrinsic {
  /** Names of up to this are not cut. */
  private static final int CAPACITY = 128;

  private final Signature signature;
  private final boolean withPlace;

  SymbolText(boolean withPlace) {
    this.withPlace = withPlace;
    signature =
        new Signature(
            withPlace ? "__symbol_place" : "__symbol_name",
            List.of(Parameter.number("addr")),
            Result.STRING,
            "The function of the kernel at an address%s, and in brackets its module where it is of one; 0xADDRESS where it is in none."
                .formatted(withPlace ? ", with +OFFSET/SIZE" : ""));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Set<Helper> helpers() {
    return Set.of(Helper.SNPRINTF, Helper.PROBE_READ_STR);
  }

  @Override
  public OptionalInt resultCapacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(emitter.symbol(arguments.getFirst(), withPlace));
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    long address = Arguments.number(arguments, 0);
    return Arguments.of(
        context
            .kernelAddress(address)
            .map(this::text)
            .orElseGet(() -> "0x" + Long.toHexString(address)));
  }

  private String text(UserHost.KernelAddress place) {
    String module = place.module().isEmpty() ? "" : " [" + place.module() + "]";
    String offset = withPlace ? "+0x%x/0x%x".formatted(place.offset(), place.size()) : "";
    return place.symbol() + offset + module;
  }
}
