package dev.tapwright.compiler.target;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel version.
 *
 * @param release the whole of {@code uname -r} where it is known, else {@code major.minor}
 */
public record KernelVersion(int major, int minor, int patch, String release)
    implements Comparable<KernelVersion> {
  private static final Pattern RELEASE =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5})(?:\\.(\\d{1,5}))?.*");

  /** A version named by its first two numbers. */
  public static KernelVersion of(int major, int minor) {
    return new KernelVersion(major, minor, 0, major + "." + minor);
  }

  /**
   * Reads {@code 4.14}, or a whole release such as {@code 6.1.0-56-cloud-amd64}; empty when it is
   * neither.
   */
  public static Optional<KernelVersion> parse(String release) {
    Matcher matcher = RELEASE.matcher(release);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String patch = matcher.group(3);
    return Optional.of(
        new KernelVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            patch == null ? 0 : Integer.parseInt(patch),
            release));
  }

  /** Whether this is the other version or a later one. */
  public boolean isAtLeast(KernelVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(KernelVersion other) {
    return Comparator.comparingInt(KernelVersion::major)
        .thenComparingInt(KernelVersion::minor)
        .thenComparingInt(KernelVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return release;
  }
}
