package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.List;

/**
 * Complains of tokens that are wrong in themselves, once it is clear that they are parsed at all.
 */
final class TokenCheck {
  private TokenCheck() {}

  /** Reports such tokens, if there are any, and makes of them what they were meant to be. */
  static boolean check(
      List<ScriptToken> tokens, int argumentCount, DiagnosticCollector diagnostics) {
    boolean found = false;
    for (int at = 0; at < tokens.size(); at++) {
      ScriptToken token = tokens.get(at);
      switch (token.getType()) {
        case ScriptLexer.UNTERMINATED_STRING -> {
          diagnostics.error(
              SyntaxCodes.INVALID_TOKEN, token.span(), "Could not find matching closing quote");
          // What it has swallowed is missing in the rest of its declaration.
          diagnostics.distrust(token.span(), nextDeclaration(tokens, at));
          token.setType(ScriptLexer.STRING);
          found = true;
        }
        case ScriptLexer.EMBEDDED -> {
          if (!token.getText().endsWith("%}") || token.getText().length() < 4) {
            diagnostics.error(
                SyntaxCodes.INVALID_TOKEN,
                token.span(),
                "Could not find matching '%}' to close embedded function block");
            found = true;
          }
        }
        case ScriptLexer.ARGUMENT, ScriptLexer.ARGUMENT_COUNT -> {
          diagnostics.error(
              SyntaxCodes.INVALID_TOKEN,
              token.span(),
              token.isFromArgument()
                  ? "invalid nested substitution of command line arguments"
                  : "command line argument out of range [1-" + argumentCount + "]");
          // An operand, so that what stands around it can still be understood.
          token.setType(ScriptLexer.STRING);
          found = true;
        }
        default -> {}
      }
    }
    return found;
  }

  /** Where the next declaration begins; as good as nowhere when there is none. */
  private static int nextDeclaration(List<ScriptToken> tokens, int at) {
    return tokens.stream()
        .skip(at + 1L)
        .filter(
            token ->
                switch (token.getType()) {
                  case ScriptLexer.PROBE,
                      ScriptLexer.FUNCTION,
                      ScriptLexer.GLOBAL,
                      ScriptLexer.PRIVATE ->
                      true;
                  default -> false;
                })
        .mapToInt(ScriptToken::start)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }
}
