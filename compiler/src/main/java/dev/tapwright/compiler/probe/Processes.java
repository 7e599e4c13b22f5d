package dev.tapwright.compiler.probe;

/** The processes in which a handler runs: elsewhere its place is passed by. */
public sealed interface Processes {
  /** All of them. */
  Processes ALL = new All();

  /** All of them. */
  record All() implements Processes {}

  /** The process of {@code -c} or {@code -x} and those that come from it; all without one. */
  record OfTarget() implements Processes {}

  /**
   * Those that run a program.
   *
   * @param path its file, absolute
   */
  record Running(String path) implements Processes {}

  /** One, by its number. */
  record Numbered(long number) implements Processes {}
}
