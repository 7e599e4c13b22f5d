package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * Reports mistakes and finds the place to go on at: behind the header of a loop, at the next
 * statement, at the block of a probe or function, or at the next declaration.
 *
 * <p>One mistake gives one diagnostic. Where it is not certain that the parser has found its feet
 * again, it is silent until a whole statement was understood.
 */
final class MistakeStrategy extends DefaultErrorStrategy {
  private final DiagnosticCollector diagnostics;
  private boolean isQuiet;

  /** Where the parser went on after the last mistake. */
  private int resumedAt;

  MistakeStrategy(DiagnosticCollector diagnostics) {
    this.diagnostics = diagnostics;
  }

  @Override
  public void reportError(Parser parser, RecognitionException mistake) {
    // The same mistake passes through every rule on its way out.
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      if (mistake instanceof NestingParser.TooDeep) {
        report(mistake.getOffendingToken(), SyntaxCodes.TOO_DEEP, "script nested too deeply");
      } else {
        report(
            mistake.getOffendingToken(),
            SyntaxCodes.EXPECTED_TOKEN,
            MistakeMessages.of(parser, mistake));
      }
    }
  }

  private void report(Token token, DiagnosticCode code, String message) {
    Span span = Spans.of(token);
    if (!isQuiet && !diagnostics.hasErrorAt(span)) {
      diagnostics.error(code, span, message);
    }
    isQuiet = true;
  }

  @Override
  public void recover(Parser parser, RecognitionException mistake) {
    ParserRuleContext context = parser.getContext();
    int rule = context.getRuleIndex();
    if (rule == ScriptGrammar.RULE_script || rule == ScriptGrammar.RULE_declaration) {
      skipToDeclaration(parser);
    } else if (mistake instanceof NestingParser.TooDeep) {
      throw mistake;
    } else {
      switch (rule) {
        case ScriptGrammar.RULE_statement -> skipStatement(parser, context.getStart());
        case ScriptGrammar.RULE_condition,
            ScriptGrammar.RULE_forHeader,
            ScriptGrammar.RULE_foreachHeader ->
            skipHeader(parser, context);
        case ScriptGrammar.RULE_functionHeader -> skipToBody(parser, mistake);
        case ScriptGrammar.RULE_probePoints -> {
          if (context.getParent() instanceof ScriptGrammar.ComponentContext) {
            throw mistake;
          }
          skipToBody(parser, mistake);
        }
        default -> throw mistake;
      }
    }
    resumedAt = parser.getInputStream().index();
    endErrorCondition(parser);
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  @Override
  public void sync(Parser parser) {
    switch (parser.getContext().getRuleIndex()) {
      case ScriptGrammar.RULE_script -> {
        while (!isDeclaration(parser.getInputStream().LA(1))) {
          report(parser.getCurrentToken(), SyntaxCodes.EXPECTED_TOKEN, MistakeMessages.DECLARATION);
          parser.getInputStream().consume();
          skipToDeclaration(parser);
        }
      }
      case ScriptGrammar.RULE_block -> syncBlock(parser);
      default -> {}
    }
  }

  private void syncBlock(Parser parser) {
    TokenStream tokens = parser.getInputStream();
    if (isQuiet && tokens.index() > resumedAt) {
      isQuiet = false;
    }
    while (true) {
      int next = tokens.LA(1);
      if (next == ScriptLexer.RIGHT_BRACE
          || isStatementStart(next)
          || (next == ScriptLexer.LEFT_BRACE)) {
        return;
      }
      report(
          parser.getCurrentToken(),
          SyntaxCodes.EXPECTED_TOKEN,
          MistakeMessages.ofStatement(parser.getCurrentToken()));
      if (next == Token.EOF || isDeclarationWord(next)) {
        return;
      }
      Token first = parser.getCurrentToken();
      skipStatement(parser, first);
      if (tokens.index() == first.getTokenIndex()) {
        tokens.consume();
      }
      resumedAt = tokens.index();
    }
  }

  // --- Finding the place to go on ---

  private void skipToDeclaration(Parser parser) {
    TokenStream tokens = parser.getInputStream();
    while (!isDeclaration(tokens.LA(1))) {
      tokens.consume();
    }
    isQuiet = false;
  }

  /** To the block of a probe or function whose head is mistaken. */
  private void skipToBody(Parser parser, RecognitionException mistake) {
    TokenStream tokens = parser.getInputStream();
    while (true) {
      int next = tokens.LA(1);
      if (next == Token.EOF || isDeclarationWord(next) || next == ScriptLexer.RIGHT_BRACE) {
        throw mistake;
      }
      if (next == ScriptLexer.LEFT_BRACE || next == ScriptLexer.EMBEDDED) {
        isQuiet = false;
        return;
      }
      tokens.consume();
    }
  }

  /** Behind the closing parenthesis of a header, or to the block that follows it. */
  private void skipHeader(Parser parser, ParserRuleContext header) {
    TokenStream tokens = parser.getInputStream();
    boolean mayHaveSemicolons = header.getRuleIndex() == ScriptGrammar.RULE_forHeader;
    int depth = depth(tokens, header.getStart());
    while (true) {
      int next = tokens.LA(1);
      switch (next) {
        case ScriptLexer.LEFT_BRACE -> {
          isQuiet = false;
          return;
        }
        case ScriptLexer.LEFT_PAREN, ScriptLexer.CALL -> depth++;
        case ScriptLexer.RIGHT_PAREN -> {
          if (--depth <= 0) {
            tokens.consume();
            isQuiet = false;
            return;
          }
        }
        case ScriptLexer.SEMICOLON, ScriptLexer.EMPTY -> {
          if (!mayHaveSemicolons) {
            return;
          }
        }
        default -> {
          if (isHardStop(next) || beginsLine(tokens, header.getStart())) {
            return;
          }
        }
      }
      tokens.consume();
    }
  }

  /** How many parentheses are open between a token and the next one to read. */
  private static int depth(TokenStream tokens, Token from) {
    int depth = 0;
    for (int i = from.getTokenIndex(); i < tokens.index(); i++) {
      switch (tokens.get(i).getType()) {
        case ScriptLexer.LEFT_PAREN, ScriptLexer.CALL -> depth++;
        case ScriptLexer.RIGHT_PAREN -> depth--;
        default -> {}
      }
    }
    return depth;
  }

  /** To the end of a statement. */
  private void skipStatement(Parser parser, Token first) {
    TokenStream tokens = parser.getInputStream();
    while (true) {
      int next = tokens.LA(1);
      if (next == ScriptLexer.SEMICOLON || next == ScriptLexer.EMPTY) {
        tokens.consume();
        isQuiet = false;
        return;
      }
      if (isHardStop(next) || next == ScriptLexer.LEFT_BRACE) {
        return;
      }
      boolean isProgress = tokens.index() > first.getTokenIndex();
      if (isProgress && beginsLine(tokens, first)) {
        isQuiet = false;
        return;
      }
      if (isProgress && isStatementWord(next)) {
        return;
      }
      tokens.consume();
    }
  }

  /**
   * Whether the next token begins a line, indented no deeper than the line where a mistaken
   * statement began.
   */
  private static boolean beginsLine(TokenStream tokens, Token first) {
    int at = tokens.index();
    if (at == 0
        || !(tokens.LT(1) instanceof ScriptToken next)
        || !(tokens.get(at - 1) instanceof ScriptToken before)) {
      return false;
    }
    return next.getLine() != before.getLine()
        && first instanceof ScriptToken start
        && next.source() == start.source()
        && next.getCharPositionInLine() <= indentation(start)
        && isStatementStart(next.getType());
  }

  private static int indentation(ScriptToken token) {
    String text = token.source().text();
    int lineStart = token.source().lineStart(token.getLine() - 1);
    int at = lineStart;
    while (at < token.start() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at - lineStart;
  }

  private static boolean isHardStop(int type) {
    return type == Token.EOF || type == ScriptLexer.RIGHT_BRACE || isDeclarationWord(type);
  }

  private static boolean isDeclarationWord(int type) {
    return type == ScriptLexer.PROBE
        || type == ScriptLexer.GLOBAL
        || type == ScriptLexer.PRIVATE
        || type == ScriptLexer.FUNCTION;
  }

  private static boolean isDeclaration(int type) {
    return type == Token.EOF || type == ScriptLexer.EMBEDDED || isDeclarationWord(type);
  }

  private static boolean isStatementWord(int type) {
    return switch (type) {
      case ScriptLexer.IF,
          ScriptLexer.FOR,
          ScriptLexer.FOREACH,
          ScriptLexer.WHILE,
          ScriptLexer.TRY,
          ScriptLexer.RETURN,
          ScriptLexer.BARE_RETURN,
          ScriptLexer.DELETE,
          ScriptLexer.NEXT,
          ScriptLexer.BREAK,
          ScriptLexer.CONTINUE ->
          true;
      default -> false;
    };
  }

  private static boolean isStatementStart(int type) {
    return isStatementWord(type)
        || switch (type) {
          case ScriptLexer.NAME,
              ScriptLexer.PRINT_NAME,
              ScriptLexer.FORMAT_NAME,
              ScriptLexer.NUMBER,
              ScriptLexer.STRING,
              ScriptLexer.EMBEDDED,
              ScriptLexer.EMPTY,
              ScriptLexer.LEFT_PAREN,
              ScriptLexer.LEFT_BRACKET,
              ScriptLexer.PREFIX_PLUS,
              ScriptLexer.PREFIX_MINUS,
              ScriptLexer.NOT,
              ScriptLexer.COMPLEMENT,
              ScriptLexer.ADDRESS_OF,
              ScriptLexer.PREFIX_INCREMENT,
              ScriptLexer.PREFIX_DECREMENT ->
              true;
          default -> type >= ScriptLexer.AT_CAST && type <= ScriptLexer.AT_UDEREF;
        };
  }
}
