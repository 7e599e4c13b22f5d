package dev.tapwright.compiler.analysis;

/** A type of the language. */
public enum Type {
  /** Not inferred; also what a function without a result gives. */
  UNKNOWN("unknown"),
  /** A signed 64-bit number. */
  LONG("long"),
  /** A string of bytes. */
  STRING("string"),
  /** A statistic, fed by {@code <<<}. */
  STATISTICS("stats");

  private final String spelling;

  Type(String spelling) {
    this.spelling = spelling;
  }

  /** As SystemTap prints it. */
  public String spelling() {
    return spelling;
  }
}
