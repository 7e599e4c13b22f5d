package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsic;

/** What a call calls. */
public sealed interface Callee {
  /**
   * A function written in the language.
   *
   * @param index its place in {@link Program#functions()}
   */
  record ScriptFunction(int index) implements Callee {}

  /** A function that the compiler provides. */
  record Provided(Intrinsic intrinsic) implements Callee {}
}
