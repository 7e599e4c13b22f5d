package dev.tapwright.compiler.machine;

/**
 * Why a handler ended early.
 *
 * @param message in SystemTap's words
 * @param place such as {@code operator '/' at hello.stp:3:14}; may be empty
 */
public record HandlerFault(String message, String place) {
  /** As SystemTap prints it behind {@code ERROR: }. */
  public String text() {
    return place.isEmpty() ? message : message + " near " + place;
  }
}
