package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import org.antlr.v4.runtime.InputMismatchException;
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
  private static final String PROBE_POINT_END = "expected one of ', { } = +='";
  private static final String END = "unexpected end-of-file";

  private MistakeMessages() {}

  static String of(Parser parser, RecognitionException mistake) {
    ParserRuleContext context = parser.getContext();
    Token seen = mistake.getOffendingToken();
    if (seen.getType() == Token.EOF) {
      return ofEnd(parser, mistake);
    }
    IntervalSet expected =
        mistake instanceof InputMismatchException ? mistake.getExpectedTokens() : new IntervalSet();
    return switch (context.getRuleIndex()) {
      case ScriptGrammar.RULE_script, ScriptGrammar.RULE_declaration -> DECLARATION;
      case ScriptGrammar.RULE_privateDeclaration -> "expected 'function' or identifier";
      case ScriptGrammar.RULE_probe, ScriptGrammar.RULE_block -> ofBlock(context, seen.getType());
      case ScriptGrammar.RULE_component -> ofComponent(expected, seen.getType());
      case ScriptGrammar.RULE_probePoint -> closing(expected);
      case ScriptGrammar.RULE_variable ->
          expected.contains(ScriptLexer.NUMBER) ? "expected number" : name(expected);
      case ScriptGrammar.RULE_functionName,
          ScriptGrammar.RULE_parameter,
          ScriptGrammar.RULE_parameters ->
          "expected identifier";
      case ScriptGrammar.RULE_typeName -> "expected 'string' or 'long'";
      case ScriptGrammar.RULE_functionHeader ->
          isAfterParen(parser) || isAfter(parser, ScriptLexer.COMMA, ScriptLexer.COMMA)
              ? "expected identifier"
              : "expected ',' or ')'";
      case ScriptGrammar.RULE_function -> "expected '{'";
      case ScriptGrammar.RULE_statement -> ofStatement(seen);
      case ScriptGrammar.RULE_forHeader -> ofForHeader(parser, expected);
      case ScriptGrammar.RULE_semicolon -> ofSemicolon(parser);
      case ScriptGrammar.RULE_foreachVariables, ScriptGrammar.RULE_loopVariable ->
          "expected identifier";
      case ScriptGrammar.RULE_loopVariableList -> "expected ',' or ']'";
      case ScriptGrammar.RULE_foreachHeader ->
          expected.contains(ScriptLexer.AT_SUM) && seen.getText().startsWith("@")
              ? "expected statistical operation"
              : ofForeachHeader(parser, expected);
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
              : isArray(context) ? "expected one of '] ,'" : "expected ']'";
      case ScriptGrammar.RULE_primary -> ofPrimary(parser, mistake, seen);
      case ScriptGrammar.RULE_literal -> OPERAND;
      case ScriptGrammar.RULE_string -> ofString(context);
      case ScriptGrammar.RULE_signedNumber ->
          context.getParent() instanceof ScriptGrammar.FunctionHeaderContext
              ? OPERAND
              : "expected number";
      case ScriptGrammar.RULE_openParen, ScriptGrammar.RULE_condition -> closing(expected);
      case ScriptGrammar.RULE_statistic ->
          ((ScriptGrammar.StatisticContext) context).signedNumber() != null
                  && seen.getType() == ScriptLexer.COMMA
              ? "not more than 2 parameters allowed"
              : ofAtOperator(expected);
      case ScriptGrammar.RULE_histogram -> ofAtOperator(expected);
      case ScriptGrammar.RULE_atOperator -> ofAtOperator(expected);
      default -> ofOperand(seen);
    };
  }

  private static String ofEnd(Parser parser, RecognitionException mistake) {
    ParserRuleContext context = parser.getContext();
    return switch (context.getRuleIndex()) {
      case ScriptGrammar.RULE_statement -> STATEMENT;
      case ScriptGrammar.RULE_probe, ScriptGrammar.RULE_block ->
          isProbeBody(context) ? PROBE_POINT_END : END;
      case ScriptGrammar.RULE_component ->
          ((ScriptGrammar.ComponentContext) context).probePoints() == null ? END : PROBE_POINT_END;
      case ScriptGrammar.RULE_semicolon ->
          isAfterParen(parser) ? "expression statement expected" : END;
      case ScriptGrammar.RULE_membership,
          ScriptGrammar.RULE_comparison,
          ScriptGrammar.RULE_operand,
          ScriptGrammar.RULE_value,
          ScriptGrammar.RULE_primary ->
          mistake instanceof InputMismatchException ? END : "expected value";
      default -> END;
    };
  }

  /**
   * What stands where a statement should: what could begin no operand either, or a mistaken
   * operand.
   */
  static String ofStatement(Token seen) {
    int type = seen.getType();
    boolean isStatement =
        type == Token.EOF
            || type == ScriptLexer.JUNK
            || (Keywords.isKeyword(type) && type != ScriptLexer.STRING);
    return isStatement ? STATEMENT : ofOperand(seen);
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
    return seen == ScriptLexer.RIGHT_BRACE ? "expected probe point specifier" : PROBE_POINT_END;
  }

  private static boolean isProbeBody(ParserRuleContext context) {
    return context instanceof ScriptGrammar.ProbeContext
        || (context.getParent() instanceof ScriptGrammar.ProbeContext probe
            && probe.COMMA() == null);
  }

  private static String ofComponent(IntervalSet expected, int seen) {
    if (expected.contains(ScriptLexer.RIGHT_BRACE)) {
      boolean endsPoints =
          seen == ScriptLexer.LEFT_BRACE
              || seen == ScriptLexer.ASSIGN
              || seen == ScriptLexer.ADD_ASSIGN;
      return endsPoints ? "expected '}'" : PROBE_POINT_END;
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
      case ScriptLexer.PRINT_NAME, ScriptLexer.FORMAT_NAME -> "expected one of ', )'";
      default -> "expected ')'";
    };
  }

  private static String ofString(ParserRuleContext context) {
    ParserRuleContext parent = context.getParent();
    if (parent instanceof ScriptGrammar.LiteralContext) {
      return OPERAND;
    }
    boolean isName =
        parent instanceof ScriptGrammar.CastContext
            || parent instanceof ScriptGrammar.AtVariableContext
            || parent instanceof ScriptGrammar.ConstantContext
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

  /** Whether several indexes may stand behind what a suffix belongs to. */
  private static boolean isArray(ParserRuleContext suffix) {
    return suffix.getParent() instanceof ScriptGrammar.ValueContext value
        && value.primary() != null
        && ValueBuilder.isArray(value.primary())
        && suffix.equals(value.suffix(0));
  }

  private static boolean isAfter(Parser parser, int type, int otherType) {
    int before = parser.getInputStream().LA(-1);
    return before == type || before == otherType;
  }
}
