package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.List;

/**
 * Some of the tokens of a list, and how the {@code %( %? %: %)} of the list nest.
 *
 * @param brackets shared by all ranges of one list
 * @param start index of the first token
 * @param end index behind the last
 */
record TokenRange(Brackets brackets, int start, int end) {
  /** A whole list. */
  static TokenRange of(List<ScriptToken> tokens) {
    return new TokenRange(new Brackets(tokens), 0, tokens.size());
  }

  /** A part of the same list. */
  TokenRange part(int from, int to) {
    return new TokenRange(brackets, from, to);
  }

  ScriptToken token(int index) {
    return brackets.tokens.get(index);
  }

  int type(int index) {
    return index < end ? brackets.tokens.get(index).getType() : org.antlr.v4.runtime.Token.EOF;
  }

  /**
   * Where the conditional or macro body that opens at an index closes; {@code end} when it does
   * not.
   */
  int close(int open) {
    int close = brackets.close[open];
    return close < 0 || close > end ? end : close;
  }

  /**
   * The next {@code %:} of the same conditional behind an index of {@code %(} or {@code %:}; -1
   * when there is none.
   */
  int nextElse(int mark) {
    return brackets.nextElse[mark];
  }

  /** Found once for a whole list, so that deep nesting costs no more than shallow. */
  private static final class Brackets {
    private final List<ScriptToken> tokens;
    private final int[] close;
    private final int[] nextElse;

    Brackets(List<ScriptToken> tokens) {
      this.tokens = tokens;
      int size = tokens.size();
      int count = 0;
      for (int i = 0; i < size; i++) {
        if (tokens.get(i).getType() == ScriptLexer.CONDITION_OPEN) {
          count++;
        }
      }
      this.close = count == 0 ? new int[0] : new int[size];
      this.nextElse = count == 0 ? new int[0] : new int[size];
      if (count == 0) {
        return;
      }
      int[] open = new int[count];
      int[] last = new int[count];
      int depth = 0;
      for (int i = 0; i < size; i++) {
        close[i] = -1;
        nextElse[i] = -1;
        switch (tokens.get(i).getType()) {
          case ScriptLexer.CONDITION_OPEN -> {
            open[depth] = i;
            last[depth++] = i;
          }
          case ScriptLexer.CONDITION_ELSE -> {
            if (depth > 0) {
              nextElse[last[depth - 1]] = i;
              last[depth - 1] = i;
            }
          }
          case ScriptLexer.CONDITION_CLOSE -> {
            if (depth > 0) {
              close[open[--depth]] = i;
            }
          }
          default -> {}
        }
      }
    }
  }
}
