package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Script;

/** A file of the tapset library. Compared by identity. */
public interface TapsetFile {
  /** What messages call it: a path. */
  String name();

  /**
   * Its tree, parsed when it is first asked for; with errors in it, an empty one. Always the same.
   */
  Script script();

  /** Whether its functions come before those that the compiler provides. */
  boolean overridesProvided();

  /** Whether it is of our own library. */
  boolean isOwn();

  /** Whether it is of SystemTap's library. */
  boolean isInstalled();
}
