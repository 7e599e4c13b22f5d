package dev.tapwright.compiler.runtime;

/**
 * A session cannot run. The message is for the user, in one or more lines, without {@code ERROR: }.
 */
sealed class SessionException extends Exception permits RefusedPlaceException {
  private static final long serialVersionUID = 1;

  SessionException(String message) {
    super(message);
  }

  /** The message, which is never absent. */
  String text() {
    return String.valueOf(getMessage());
  }
}
