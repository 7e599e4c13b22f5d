package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says in SystemTap's words what was expected where the parser could not go on. */
final class MistakeMessages {
  static final String DECLARATION = "expected 'probe', 'global', 'private', 'function', or '%{'";
  static final String STATEMENT = "expected statement";
  static final String OPERAND = "expected literal string or number";
  private static final String END = "unexpected end-of-file";

  private MistakeMessages() {}

  static String of(Parser parser, RecognitionException mistake) {
    ParserRuleContext context = parser.getContext();
    Token seen = mistake.getOffendingToken();
    if (seen.getType() == Token.EOF) {
      return ofEnd(parser, mistake);
    }
    if (mistake instanceof NoViableAltException && isFormat(parser)) {
      return "expected literal string";
    }
    IntervalSet expected =
        mistake instanceof InputMismatchException ? mistake.getExpectedTokens() : new IntervalSet();
    return switch (context.getRuleIndex()) {
      case ScriptGrammar.RULE_script, ScriptGrammar.RULE_declaration -> DECLARATION;
      case ScriptGrammar.RULE_privateDeclaration -> "expected 'function' or identifier";
      case ScriptGrammar.RULE_probe, ScriptGrammar.RULE_block -> ofBlock(context, seen.getType());
      case ScriptGrammar.RULE_component -> ofComponent(expected);
      case ScriptGrammar.RULE_probePoint -> closing(expected);
      case ScriptGrammar.RULE_variable ->
          expected.contains(ScriptLexer.NUMBER) ? "expected number" : name(expected);
      case ScriptGrammar.RULE_functionName, ScriptGrammar.RULE_parameter -> "expected identifier";
      case ScriptGrammar.RULE_typeName -> "expected 'string' or 'long'";
      case ScriptGrammar.RULE_functionHeader ->
          isAfterParen(parser) ? "expected identifier" : "expected ',' or ')'";
      case ScriptGrammar.RULE_function -> "expected '{'";
      case ScriptGrammar.RULE_statement -> ofStatement(seen.getType());
      case ScriptGrammar.RULE_forHeader -> ofForHeader(parser, expected);
      case ScriptGrammar.RULE_semicolon -> ofSemicolon(parser);
      case ScriptGrammar.RULE_foreachVariables, ScriptGrammar.RULE_loopVariable ->
          "expected identifier";
      case ScriptGrammar.RULE_loopVariableList -> "expected ',' or ']'";
      case ScriptGrammar.RULE_foreachHeader -> ofForeachHeader(parser, expected);
      case ScriptGrammar.RULE_sortMark -> "expected sort directive";
      case ScriptGrammar.RULE_indexable -> "expected identifier or statistical operation";
      case ScriptGrammar.RULE_tryStatement ->
          expected.contains(ScriptLexer.CATCH) ? "expected 'catch'" : name(expected);
      case ScriptGrammar.RULE_expression, ScriptGrammar.RULE_conditional -> "expected ':'";
      case ScriptGrammar.RULE_membership ->
          mistake instanceof InputMismatchException ? "expected ',' or ']'" : ofOperand(seen);
      case ScriptGrammar.RULE_suffix ->
          expected.contains(ScriptLexer.NAME)
              ? "expected identifier or keyword"
              : "expected one of '] ,'";
      case ScriptGrammar.RULE_primary -> ofPrimary(parser, mistake, seen);
      case ScriptGrammar.RULE_string -> ofString(context);
      case ScriptGrammar.RULE_signedNumber ->
          context.getParent() instanceof ScriptGrammar.FunctionHeaderContext
              ? OPERAND
              : "expected number";
      case ScriptGrammar.RULE_openParen, ScriptGrammar.RULE_condition -> closing(expected);
      case ScriptGrammar.RULE_statistic, ScriptGrammar.RULE_histogram -> ofAtOperator(expected);
      case ScriptGrammar.RULE_atOperator -> ofAtOperator(expected);
      default -> ofOperand(seen);
    };
  }

  private static String ofEnd(Parser parser, RecognitionException mistake) {
    ParserRuleContext context = parser.getContext();
    return switch (context.getRuleIndex()) {
      case ScriptGrammar.RULE_statement -> STATEMENT;
      case ScriptGrammar.RULE_probe, ScriptGrammar.RULE_block ->
          isProbeBody(context) ? "expected one of ', { } = +='" : END;
      case ScriptGrammar.RULE_semicolon ->
          isAfterParen(parser) ? "expression statement expected" : END;
      case ScriptGrammar.RULE_membership,
          ScriptGrammar.RULE_comparison,
          ScriptGrammar.RULE_operand,
          ScriptGrammar.RULE_value,
          ScriptGrammar.RULE_primary ->
          mistake instanceof InputMismatchException || isFormat(parser) ? END : "expected value";
      default -> END;
    };
  }

  /**
   * What stands where a statement should: what could begin no operand either, or a mistaken
   * operand.
   */
  static String ofStatement(int seen) {
    boolean isStatement =
        seen == Token.EOF
            || seen == ScriptLexer.JUNK
            || (Keywords.isKeyword(seen) && seen != ScriptLexer.STRING);
    return isStatement ? STATEMENT : OPERAND;
  }

  private static String ofOperand(Token seen) {
    boolean isUnknown =
        seen.getType() == ScriptLexer.AT_NAME
            || (seen.getType() == ScriptLexer.OTHER_SIGN && seen.getText().equals("@"));
    return isUnknown ? "unknown operator " + seen.getText() : OPERAND;
  }

  private static String ofBlock(ParserRuleContext context, int seen) {
    if (!isProbeBody(context)) {
      return "expected '{'";
    }
    return seen == ScriptLexer.RIGHT_BRACE
        ? "expected probe point specifier"
        : "expected one of ', { } = +='";
  }

  private static boolean isProbeBody(ParserRuleContext context) {
    return context instanceof ScriptGrammar.ProbeContext
        || (context.getParent() instanceof ScriptGrammar.ProbeContext probe
            && probe.COMMA() == null);
  }

  private static String ofComponent(IntervalSet expected) {
    if (expected.contains(ScriptLexer.RIGHT_BRACE)) {
      return "expected '}'";
    }
    return expected.contains(ScriptLexer.RIGHT_PAREN)
        ? "expected ')'"
        : "expected identifier or '*' or '{'";
  }

  private static String ofForHeader(Parser parser, IntervalSet expected) {
    return expected.contains(ScriptLexer.LEFT_PAREN) && !expected.contains(ScriptLexer.NAME)
        ? "expected '('"
        : isAfter(parser, ScriptLexer.SEMICOLON, ScriptLexer.EMPTY) ? OPERAND : "expected ')'";
  }

  private static String ofSemicolon(Parser parser) {
    return isAfter(parser, ScriptLexer.SEMICOLON, ScriptLexer.EMPTY) || isAfterParen(parser)
        ? OPERAND
        : "expected ';'";
  }

  private static String ofForeachHeader(Parser parser, IntervalSet expected) {
    if (expected.contains(ScriptLexer.IN)) {
      return "expected 'in'";
    }
    if (expected.contains(ScriptLexer.LEFT_PAREN)
        && isAfter(parser, ScriptLexer.FOREACH, ScriptLexer.FOREACH)) {
      return "expected '('";
    }
    return expected.contains(ScriptLexer.RIGHT_BRACKET) ? "expected ',' or ']'" : "expected ')'";
  }

  private static String ofPrimary(Parser parser, RecognitionException mistake, Token seen) {
    if (!(mistake instanceof InputMismatchException) || isAfterParen(parser)) {
      return ofOperand(seen);
    }
    return switch (parser.getContext().getStart().getType()) {
      case ScriptLexer.NAME -> "expected one of ') ,'";
      case ScriptLexer.PRINT_NAME -> "expected one of ', )'";
      default -> "expected ')'";
    };
  }

  private static String ofString(ParserRuleContext context) {
    ParserRuleContext parent = context.getParent();
    if (parent instanceof ScriptGrammar.LiteralContext
        || parent instanceof ScriptGrammar.PrimaryContext) {
      return OPERAND;
    }
    boolean isName =
        parent instanceof ScriptGrammar.CastContext
            || parent instanceof ScriptGrammar.AtVariableContext
            || parent instanceof ScriptGrammar.EnumNameContext;
    return isName ? "expected string" : "expected literal string";
  }

  private static String ofAtOperator(IntervalSet expected) {
    if (expected.contains(ScriptLexer.NUMBER)) {
      return "expected number";
    }
    if (expected.contains(ScriptLexer.NAME)) {
      return "expected identifier";
    }
    return expected.contains(ScriptLexer.RIGHT_PAREN) ? "expected ')'" : "expected ','";
  }

  private static String name(IntervalSet expected) {
    if (expected.contains(ScriptLexer.NAME)) {
      return "expected identifier";
    }
    return expected.contains(ScriptLexer.RIGHT_BRACKET) ? "expected ']'" : closing(expected);
  }

  private static String closing(IntervalSet expected) {
    return expected.contains(ScriptLexer.RIGHT_PAREN) ? "expected ')'" : "expected '('";
  }

  private static boolean isAfterParen(Parser parser) {
    return isAfter(parser, ScriptLexer.LEFT_PAREN, ScriptLexer.CALL);
  }

  /** Whether a format or a delimiter should stand here. */
  private static boolean isFormat(Parser parser) {
    Token print = parser.getInputStream().LT(-2);
    return isAfterParen(parser)
        && print != null
        && print.getType() == ScriptLexer.PRINT_NAME
        && (print.getText().contains("printf") || print.getText().contains("printd"));
  }

  private static boolean isAfter(Parser parser, int type, int otherType) {
    int before = parser.getInputStream().LA(-1);
    return before == type || before == otherType;
  }
}
