package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Reports mistakes and finds the place to go on at. */
final class MistakeStrategy extends DefaultErrorStrategy {
  private final DiagnosticCollector diagnostics;

  MistakeStrategy(DiagnosticCollector diagnostics) {
    this.diagnostics = diagnostics;
  }

  @Override
  public void reportError(Parser parser, RecognitionException mistake) {
    if (inErrorRecoveryMode(parser)) {
      return;
    }
    beginErrorCondition(parser);
    diagnostics.error(SyntaxCodes.EXPECTED_TOKEN, Spans.of(mistake.getOffendingToken()), "unexpected token");
  }

  @Override
  public void recover(Parser parser, RecognitionException mistake) {
    if (parser.getRuleContext().getRuleIndex() != ScriptGrammar.RULE_declaration
        && parser.getRuleContext().getRuleIndex() != ScriptGrammar.RULE_script) {
      throw mistake;
    }
    while (true) {
      switch (parser.getInputStream().LA(1)) {
        case Token.EOF, ScriptGrammar.PROBE, ScriptGrammar.GLOBAL, ScriptGrammar.PRIVATE, ScriptGrammar.FUNCTION -> {
          endErrorCondition(parser);
          return;
        }
        default -> parser.getInputStream().consume();
      }
    }
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  @Override
  public void sync(Parser parser) {}
}
