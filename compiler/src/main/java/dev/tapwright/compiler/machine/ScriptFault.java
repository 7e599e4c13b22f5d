package dev.tapwright.compiler.machine;

/**
 * A fault of the running script on its way to the {@code catch} or the end of the handler. Never
 * leaves the machine.
 */
final class ScriptFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String message;
  private final int place;
  private final boolean isCatchable;

  /**
   * A fault.
   *
   * @param place in {@link UserProgram#places()}
   */
  ScriptFault(String message, int place, boolean isCatchable) {
    // No stack trace: raising one must be cheap.
    super(message, null, false, false);
    this.message = message;
    this.place = place;
    this.isCatchable = isCatchable;
  }

  String message() {
    return message;
  }

  int place() {
    return place;
  }

  /**
   * Whether a {@code catch} takes it: all but the end of the budget, after which nothing more may
   * run.
   */
  boolean isCatchable() {
    return isCatchable;
  }
}
