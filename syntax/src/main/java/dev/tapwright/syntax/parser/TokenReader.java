package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.misc.Pair;

/** Splits a text into tokens. */
final class TokenReader {
  private final ScriptLexer lexer;

  /** Reads a text from an offset on. */
  TokenReader(SourceText source, int offset) {
    TextCharStream characters = new TextCharStream(source);
    characters.seek(offset);
    lexer = new ScriptLexer(characters);
    lexer.removeErrorListeners();
    lexer.setTokenFactory(new Factory(source));
  }

  /** The next token; empty at the end of the text. */
  Optional<ScriptToken> next() {
    return lexer.nextToken() instanceof ScriptToken token && token.getType() != Token.EOF
        ? Optional.of(token)
        : Optional.empty();
  }

  /** All tokens of a text, without the end of the file. */
  static List<ScriptToken> read(SourceText source) {
    TokenReader reader = new TokenReader(source, 0);
    List<ScriptToken> tokens = new ArrayList<>(source.text().length() / 6 + 16);
    while (reader.lexer.nextToken() instanceof ScriptToken token && token.getType() != Token.EOF) {
      tokens.add(token);
    }
    return tokens;
  }

  /** The first token at or behind an offset. */
  static Optional<ScriptToken> first(SourceText source, int offset) {
    return new TokenReader(source, offset).next();
  }

  /** Makes our tokens, and tells keywords from names. */
  private record Factory(SourceText source) implements TokenFactory<ScriptToken> {
    @Override
    public ScriptToken create(
        Pair<TokenSource, CharStream> origin,
        int type,
        String text,
        int channel,
        int start,
        int stop,
        int line,
        int column) {
      ScriptToken token =
          new ScriptToken(
              type, source, start, Math.max(start, Math.min(stop + 1, source.text().length())));
      if (type == ScriptLexer.NAME) {
        token.setType(Keywords.typeOf(token.getText()));
      } else if (type == ScriptLexer.AT_NAME) {
        token.setType(Keywords.operatorTypeOf(token.getText()));
      }
      return token;
    }

    @Override
    public ScriptToken create(int type, String text) {
      return new ScriptToken(type, source, 0, 0, List.of(), text);
    }
  }
}
