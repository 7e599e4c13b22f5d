package dev.tapwright.server.snapshot;

import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.Target;

/** Chooses the kernel profile that the setting {@code targetKernel} names. */
@FunctionalInterface
public interface Profiles {
  /** The profile of that name; the machine's own when there is none of it. */
  KernelProfile of(String targetKernel, Target machine);
}
