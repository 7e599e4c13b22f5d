package dev.tapwright.syntax.tree;

/** A sort mark of {@code foreach}. */
public enum SortDirection {
  /** No mark. */
  NONE,
  /** {@code +}: smallest first. */
  ASCENDING,
  /** {@code -}: largest first. */
  DESCENDING
}
