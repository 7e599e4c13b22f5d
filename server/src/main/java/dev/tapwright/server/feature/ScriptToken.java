package dev.tapwright.server.feature;

/**
 * A token as completion sees it: good enough for text that is being typed, where there is no tree.
 *
 * @param start offset of its first character
 * @param end offset behind its last
 * @param isClosed of a string or comment: whether its end was found
 */
record ScriptToken(Kind kind, String text, int start, int end, boolean isClosed) {
  enum Kind {
    /**
     * A name, keyword, {@code $variable} or {@code @operator}; in probe points also with {@code *}.
     */
    WORD,
    NUMBER,
    /** With its quotes. */
    STRING,
    /** A comment, or embedded code. */
    OPAQUE,
    /** One character. */
    SIGN
  }

  boolean is(String expected) {
    return text.equals(expected);
  }
}
