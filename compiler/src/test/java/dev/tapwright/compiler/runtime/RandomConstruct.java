package dev.tapwright.compiler.runtime;

/**
 * What a random handler may have beyond numbers and plain output. Each handler has some of them:
 * one with few has more of each.
 */
enum RandomConstruct {
  ARRAYS("4.14"),
  CONDITION("4.14"),
  DELETION("4.14"),
  ERRORS("4.14"),
  STATISTICS("4.14"),
  FUNCTIONS("5.3"),
  LOOPS("5.3"),
  STRINGS("5.3"),
  STRING_FUNCTIONS("5.3"),
  FORMATS("5.3"),
  REGULAR_EXPRESSIONS("5.3"),
  FOREACH("5.13"),
  FIGURES("5.19"),
  ;

  private final String since;

  RandomConstruct(String since) {
    this.since = since;
  }

  /**
   * Whether a kernel has what the construct needs.
   *
   * @param version such as {@code 6.1}; empty for a kernel that has everything
   */
  boolean isCarriedBy(String version) {
    return version.isEmpty() || number(since) <= number(version);
  }

  private static int number(String version) {
    int dot = version.indexOf('.');
    return Integer.parseInt(version.substring(0, dot)) * 1000
        + Integer.parseInt(version.substring(dot + 1));
  }
}
