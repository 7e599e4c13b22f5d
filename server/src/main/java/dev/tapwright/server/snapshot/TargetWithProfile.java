package dev.tapwright.server.snapshot;

import dev.tapwright.compiler.target.ForwardingTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.Target;

/** A machine seen as one with another kernel: the facts of the one, the limits of the other. */
class TargetWithProfile extends ForwardingTarget {
  private final KernelProfile profile;

  TargetWithProfile(Target facts, KernelProfile profile) {
    super(facts);
    this.profile = profile;
  }

  @Override
  public KernelProfile profile() {
    return profile;
  }
}
