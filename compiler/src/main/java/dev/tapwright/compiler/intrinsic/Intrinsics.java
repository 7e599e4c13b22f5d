package dev.tapwright.compiler.intrinsic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry of provided functions. */
public final class Intrinsics {
  private static final List<Intrinsic> ALL = List.of();

  private static final Map<String, Intrinsic> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(intrinsic -> intrinsic.signature().name(), Function.identity()));

  private Intrinsics() {}

  /** All of them, by name. */
  public static List<Intrinsic> all() {
    return ALL;
  }

  /** The one of that name. */
  public static Optional<Intrinsic> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
