package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.TokenStream;

/**
 * What the generated parser extends: it refuses scripts that nest deeper than its recursion can
 * follow.
 */
public abstract class NestingParser extends Parser {
  /** How many rules may be open at once: about 12,000 parentheses, eight rules each. */
  private static final int DEEPEST = 8 * DeepStack.LEVELS;

  private int open;
  private Consumer<ScriptGrammar.DeclarationContext> reader = declaration -> {};

  /** A parser of some tokens. */
  protected NestingParser(TokenStream tokens) {
    super(tokens);
  }

  @Override
  public void enterRule(ParserRuleContext context, int state, int rule) {
    if (open >= DEEPEST) {
      throw new TooDeep(this);
    }
    open++;
    super.enterRule(context, state, rule);
  }

  @Override
  public void exitRule() {
    open--;
    ParserRuleContext left = getContext();
    super.exitRule();
    if (left instanceof ScriptGrammar.DeclarationContext declaration) {
      reader.accept(declaration);
      declaration.children = null;
    }
  }

  /**
   * Sets who is given each declaration when it has been parsed. Its contexts are then forgotten:
   * those of a whole script would take ten times the memory of its tree.
   */
  final void setReader(Consumer<ScriptGrammar.DeclarationContext> reader) {
    this.reader = reader;
  }

  /** Thrown where the script nests too deeply. */
  static final class TooDeep extends RecognitionException {
    private static final long serialVersionUID = 1;

    TooDeep(Parser parser) {
      super(parser, parser.getInputStream(), parser.getContext());
      setOffendingToken(parser.getCurrentToken());
    }
  }
}
