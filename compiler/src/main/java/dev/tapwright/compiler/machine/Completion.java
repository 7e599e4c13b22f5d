package dev.tapwright.compiler.machine;

/** How a statement ended. */
enum Completion {
  /** At its end. */
  NORMAL,
  /** With {@code break}. */
  BREAK,
  /** With {@code continue}. */
  CONTINUE,
  /** With {@code return}; the activation holds the result. */
  RETURN,
  /** With {@code next}. */
  NEXT
}
