package dev.tapwright.compiler.assembler;

/**
 * A piece of a statement.
 *
 * @param start place in the block's text
 * @param end place behind it
 * @param text as written; of a string without quotes, its escapes resolved
 */
record AssemblyToken(Kind kind, int start, int end, String text) {
  /** What it is. */
  enum Kind {
    /** A name, or one of a register. */
    WORD,
    /** A number without a sign. */
    NUMBER,
    STRING,
    /** One of {@code , : [ ] + -}. */
    MARK,
    /** {@code ;} or the end of a line. */
    END
  }

  /** Whether it is that mark. */
  boolean isMark(char mark) {
    return kind == Kind.MARK && text.charAt(0) == mark;
  }
}
