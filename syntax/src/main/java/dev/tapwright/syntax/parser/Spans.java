package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Where tokens and contexts were written. */
final class Spans {
  private Spans() {}

  static Span of(Token token) {
    return ((ScriptToken) token).span();
  }

  /** From the first token of a context to its last. */
  static Span of(ParserRuleContext context) {
    Token start = context.getStart();
    Token stop = context.getStop();
    if (stop == null || stop.getTokenIndex() <= start.getTokenIndex()) {
      return of(start);
    }
    return of(start).to(of(stop));
  }

  /** The span of a part of a context; of the whole context when the part is missing. */
  static Span ofOr(@Nullable ParseTree part, ParserRuleContext whole) {
    if (part instanceof ParserRuleContext context) {
      return of(context);
    }
    return part instanceof TerminalNode terminal ? of(terminal.getSymbol()) : of(whole);
  }
}
