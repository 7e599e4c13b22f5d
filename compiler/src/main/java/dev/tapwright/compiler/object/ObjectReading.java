package dev.tapwright.compiler.object;

/** What reading a compiled script gave. */
public sealed interface ObjectReading {
  /** The script. */
  record Read(BpfObject object) implements ObjectReading {}

  /**
   * It cannot be run.
   *
   * @param message why, for the user; does not name the file
   */
  record Refused(String message) implements ObjectReading {}
}
