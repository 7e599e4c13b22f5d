package dev.tapwright.syntax.tree;

/** A figure extracted from a statistic. */
public enum StatisticOperator {
  AVERAGE("@avg"),
  COUNT("@count"),
  SUM("@sum"),
  MINIMUM("@min"),
  MAXIMUM("@max"),
  VARIANCE("@variance");

  private final String symbol;

  StatisticOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }
}
