package dev.tapwright.compiler.runtime;

/** The kernel lets probes be attached, and not at this place. */
final class RefusedPlaceException extends SessionException {
  private static final long serialVersionUID = 1;

  RefusedPlaceException(String message) {
    super(message);
  }
}
