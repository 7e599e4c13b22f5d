package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.EmbeddedCode;

/** What embedded code says of itself in C comments. */
final class EmbeddedMarks {
  private EmbeddedMarks() {}

  /** The type of an embedded expression. */
  static Type typeOf(EmbeddedCode code) {
    return code.code().contains("/* string */") ? Type.STRING : Type.LONG;
  }

  /** Whether it changes nothing. */
  static boolean isPure(EmbeddedCode code) {
    return code.code().contains("/* pure */");
  }
}
