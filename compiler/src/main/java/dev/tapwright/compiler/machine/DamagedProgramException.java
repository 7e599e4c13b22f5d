package dev.tapwright.compiler.machine;

/** A user program names what it does not have: its file was damaged. */
public final class DamagedProgramException extends Exception {
  private static final long serialVersionUID = 1;

  private final String text;

  DamagedProgramException(String text) {
    super(text);
    this.text = text;
  }

  /** What is wrong, in one sentence. */
  public String text() {
    return text;
  }
}
