package dev.tapwright.compiler.machine;

import java.util.Map;

/**
 * How much a handler may use. SystemTap's limits, with its names and defaults, settable by {@code
 * -D NAME=VALUE}.
 *
 * @param actions {@code MAXACTION_INTERRUPTIBLE}: statements that one run of a handler executes
 * @param nesting {@code MAXNESTING}: function calls within each other
 * @param stringLength {@code MAXSTRINGLEN} without the terminating NUL: bytes of a string
 * @param mapEntries {@code MAXMAPENTRIES}: elements of an array whose declaration does not say
 */
public record Limits(long actions, int nesting, int stringLength, int mapEntries) {
  /**
   * Function calls within each other that a recursive script gets beyond what its call graph needs.
   */
  static final int RECURSION_BONUS = 10;

  private static final int MOST_NESTING = 10_000;
  private static final int MOST_STRING_LENGTH = (1 << 16) - 1;
  private static final int MOST_MAP_ENTRIES = 1 << 24;

  /** Checks that a machine can keep them. */
  public Limits {
    check("MAXACTION_INTERRUPTIBLE", actions, Long.MAX_VALUE);
    check("MAXNESTING", nesting, MOST_NESTING);
    check("MAXSTRINGLEN", stringLength, MOST_STRING_LENGTH);
    check("MAXMAPENTRIES", mapEntries, MOST_MAP_ENTRIES);
  }

  /** Nothing set. */
  public static Limits defaults() {
    return of(Map.of(), RECURSION_BONUS);
  }

  /**
   * What the user set; what a machine cannot keep is brought into its bounds.
   *
   * @param settings by SystemTap's names; others are not looked at
   * @param nesting what the call graph needs
   */
  public static Limits of(Map<String, Long> settings, int nesting) {
    long interruptible =
        settings.getOrDefault(
            "MAXACTION_INTERRUPTIBLE",
            Math.clamp(settings.getOrDefault("MAXACTION", 1000L), 1, Long.MAX_VALUE / 10) * 10);
    return new Limits(
        Math.max(1, interruptible),
        bounded(settings.getOrDefault("MAXNESTING", (long) nesting), MOST_NESTING),
        bounded(settings.getOrDefault("MAXSTRINGLEN", 512L) - 1, MOST_STRING_LENGTH),
        bounded(settings.getOrDefault("MAXMAPENTRIES", 2048L), MOST_MAP_ENTRIES));
  }

  private static int bounded(long value, int most) {
    return Math.clamp(value, 1, most);
  }

  private static void check(String name, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " is " + value);
    }
  }
}
