package dev.tapwright.syntax.parser;

import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;
import org.jspecify.annotations.Nullable;

/** All tokens of a script for the parser, the end of the file last. */
final class TokenList implements TokenStream {
  private final String name;
  private final ScriptToken[] tokens;
  private int position;

  /**
   * @param name what messages call the text
   * @param tokens ends with the end of the file
   */
  TokenList(String name, List<ScriptToken> tokens) {
    this.name = name;
    this.tokens = tokens.toArray(new ScriptToken[0]);
    for (int i = 0; i < this.tokens.length; i++) {
      this.tokens[i].setIndex(i);
    }
  }

  @Override
  public @Nullable Token LT(int distance) {
    int at = distance > 0 ? position + distance - 1 : position + distance;
    return distance == 0 || at < 0 ? null : tokens[Math.min(at, tokens.length - 1)];
  }

  @Override
  public int LA(int distance) {
    int at = distance > 0 ? position + distance - 1 : position + distance;
    return at < 0 ? Token.INVALID_TYPE : tokens[Math.min(at, tokens.length - 1)].getType();
  }

  @Override
  public ScriptToken get(int index) {
    return tokens[index];
  }

  @Override
  public void consume() {
    if (position < tokens.length - 1) {
      position++;
    }
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = Math.clamp(index, 0, tokens.length - 1);
  }

  @Override
  public int size() {
    return tokens.length;
  }

  @Override
  public String getSourceName() {
    return name;
  }

  @Override
  public @Nullable TokenSource getTokenSource() {
    return null;
  }

  @Override
  public String getText(Interval interval) {
    StringBuilder text = new StringBuilder();
    for (int i = Math.max(interval.a, 0); i <= Math.min(interval.b, tokens.length - 1); i++) {
      text.append(tokens[i].getText()).append(' ');
    }
    return text.toString();
  }

  @Override
  public String getText() {
    return getText(Interval.of(0, tokens.length - 1));
  }

  @Override
  public String getText(RuleContext context) {
    return getText(context.getSourceInterval());
  }

  @Override
  public String getText(Token first, Token last) {
    return getText(Interval.of(first.getTokenIndex(), last.getTokenIndex()));
  }
}
