package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.probe.Placement;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A provided function that only handlers in the kernel can call: what it tells is only there. */
interface KernelIntrinsic extends Intrinsic {
  @Override
  default Set<Placement> placements() {
    return EnumSet.of(Placement.KERNEL);
  }

  @Override
  default Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    throw new IllegalStateException(signature().name() + " is not placed in user space");
  }
}
