package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.OptionalLong;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes numbers and strings of parse contexts. */
final class LiteralBuilder {
  private final DiagnosticCollector diagnostics;

  LiteralBuilder(DiagnosticCollector diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** A number; 0 when it is none. */
  Expression.NumberLiteral number(Token token) {
    OptionalLong value = LiteralReader.number(token.getText());
    if (value.isEmpty()) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN, Spans.of(token), "number invalid or out of range");
    }
    return new Expression.NumberLiteral(Spans.of(token), value.orElse(0));
  }

  /** A number that may be missing, and then is 0. */
  Expression.NumberLiteral number(@Nullable TerminalNode node, ParserRuleContext parent) {
    return node == null
        ? new Expression.NumberLiteral(Spans.of(parent), 0)
        : number(node.getSymbol());
  }

  /** A number that may have a sign. */
  Expression.NumberLiteral number(
      ScriptGrammar.@Nullable SignedNumberContext context, ParserRuleContext parent) {
    if (context == null || context.NUMBER() == null) {
      return new Expression.NumberLiteral(Spans.of(parent), 0);
    }
    Expression.NumberLiteral number = number(context.NUMBER().getSymbol());
    return context.PREFIX_MINUS() == null
        ? number
        : new Expression.NumberLiteral(Spans.of(context), -number.value());
  }

  /** A number with or without a sign, or a string. */
  Expression.Literal literal(ScriptGrammar.LiteralContext context) {
    if (context.string() != null) {
      return string(context.string(), context);
    }
    Expression.NumberLiteral number = number(context.NUMBER(), context);
    return context.PREFIX_MINUS() == null
        ? number
        : new Expression.NumberLiteral(Spans.of(context), -number.value());
  }

  /** A string of one or more adjacent literals; an empty one when it is missing. */
  Expression.StringLiteral string(
      ScriptGrammar.@Nullable StringContext context, ParserRuleContext parent) {
    if (context == null || context.STRING() == null) {
      Span span = Spans.of(parent);
      return new Expression.StringLiteral(
          new Span(span.source(), span.end(), span.end(), span.expansions()), "");
    }
    StringBuilder value = new StringBuilder();
    LiteralReader.string(context.STRING().getText(), value);
    List<TerminalNode> more = context.getTokens(ScriptLexer.STRING_CONTINUATION);
    for (int i = 0; i < more.size(); i++) {
      LiteralReader.string(more.get(i).getText(), value);
    }
    return new Expression.StringLiteral(Spans.of(context), value.toString());
  }
}
