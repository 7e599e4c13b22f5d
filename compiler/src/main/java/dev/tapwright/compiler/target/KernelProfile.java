package dev.tapwright.compiler.target;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a kernel allows. Checks and code generation read this, never a version number.
 *
 * @param name what messages call it: {@code 4.14}, or the running kernel's release
 * @param version its version
 * @param features the facilities that it has
 * @param helpers the helpers that it has
 * @param instructionLimit most instructions of a program
 */
public record KernelProfile(
    String name,
    KernelVersion version,
    Set<KernelFeature> features,
    Set<Helper> helpers,
    int instructionLimit) {
  /** The limit of every kernel before 5.2, and for the unprivileged since. */
  public static final int SMALL_INSTRUCTION_LIMIT = 4096;

  /** The limit of verified instructions from 5.2 on. */
  public static final int LARGE_INSTRUCTION_LIMIT = 1_000_000;

  /** Copies the sets. */
  public KernelProfile {
    features = Set.copyOf(features);
    helpers = Set.copyOf(helpers);
  }

  /** What a mainline kernel of that version has, built with everything. */
  public static KernelProfile ofVersion(KernelVersion version) {
    Set<KernelFeature> features =
        EnumSet.allOf(KernelFeature.class).stream()
            .filter(feature -> version.isAtLeast(feature.since()))
            .collect(Collectors.toUnmodifiableSet());
    Set<Helper> helpers =
        EnumSet.allOf(Helper.class).stream()
            .filter(helper -> version.isAtLeast(helper.since()))
            .collect(Collectors.toUnmodifiableSet());
    int limit =
        features.contains(KernelFeature.LARGE_PROGRAMS)
            ? LARGE_INSTRUCTION_LIMIT
            : SMALL_INSTRUCTION_LIMIT;
    return new KernelProfile(version.toString(), version, features, helpers, limit);
  }

  /** Whether it has a facility. */
  public boolean has(KernelFeature feature) {
    return features.contains(feature);
  }

  /** Whether it has a helper. */
  public boolean has(Helper helper) {
    return helpers.contains(helper);
  }
}
