package dev.tapwright.compiler.runtime;

/** Attaches programs to one kind of probe point. */
interface Attacher {
  /**
   * Attaches a program, until the descriptor that it gives is closed.
   *
   * @throws SystemCallException when the kernel refuses for a reason that has no clearer words than
   *     the error's
   * @throws SessionException when there are clearer words
   */
  int attach(int program) throws SystemCallException, SessionException;
}
