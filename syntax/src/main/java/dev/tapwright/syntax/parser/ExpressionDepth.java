package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.DeepStack;

/** How deep the tree of the expression in hand is: later stages walk it by recursion. */
final class ExpressionDepth {
  /** Of the expression built last. */
  private int last;

  private boolean isTooDeep;

  /** Begins an expression of its own. */
  void begin() {
    last = 0;
    isTooDeep = false;
  }

  /** How deep the expression built last is. */
  int last() {
    return last;
  }

  /** Says how deep the expression built last is. */
  void set(int depth) {
    last = depth;
  }

  /** Counts one more level above the expression built last. */
  void deepen() {
    deepen(0);
  }

  /** Counts one more level above the expression built last, and above another of a given depth. */
  void deepen(int other) {
    last = Math.max(last, other) + 1;
    if (last > DeepStack.LEVELS) {
      isTooDeep = true;
    }
  }

  /** Whether something since the beginning was deeper than can be followed. */
  boolean isTooDeep() {
    return isTooDeep;
  }
}
