package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.tree.Script;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/** The stages of parsing, one after the other. */
public final class Front {
  private Front() {}

  /** Parses a text. */
  public static ParseResult parse(SourceText source, ParseOptions options) {
    DiagnosticCollector diagnostics = new DiagnosticCollector();
    List<ScriptToken> read = new Preprocessor(options, diagnostics).process(source);
    TokenCheck.check(read, options.arguments().size(), diagnostics);
    List<ScriptToken> tokens = TokenRoles.assign(read);
    int length = source.text().length();
    tokens.add(new ScriptToken(Token.EOF, source, length, length));
    ScriptGrammar parser = new ScriptGrammar(new TokenList(source.name(), tokens));
    parser.removeErrorListeners();
    parser.setErrorHandler(new MistakeStrategy(diagnostics));
    // Only "else" needs prediction at all, and there both modes decide alike.
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    Script script = new TreeBuilder(source, diagnostics, options.isPrivileged()).script(parser.script());
    return new ParseResult(script, diagnostics.inOrder());
  }
}
