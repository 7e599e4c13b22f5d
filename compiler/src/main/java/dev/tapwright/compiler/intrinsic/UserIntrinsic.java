package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.Helper;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A provided function that only user-placed handlers can call yet. */
interface UserIntrinsic extends Intrinsic {
  @Override
  default Set<Placement> placements() {
    return EnumSet.of(Placement.USER);
  }

  @Override
  default Set<Helper> helpers() {
    return Set.of();
  }

  @Override
  default Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    throw new IllegalStateException(signature().name() + " is not placed in the kernel");
  }
}
