package dev.tapwright.compiler.machine;

/** A user program names what it does not have: its file was damaged. */
public final class DamagedProgramException extends Exception {
  private static final long serialVersionUID = 1;

  DamagedProgramException(String message) {
    super(message);
  }
}
