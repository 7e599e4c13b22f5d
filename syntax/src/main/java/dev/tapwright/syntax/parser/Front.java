package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Script;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/** The stages of parsing, one after the other. */
public final class Front {
  private Front() {}

  /** Parses a text. */
  public static ParseResult parse(SourceText source, ParseOptions options) {
    DiagnosticCollector diagnostics = new DiagnosticCollector();
    int length = source.text().length();
    Span whole = new Span(source, 0, length);
    LanguageGates gates = new LanguageGates(options.conditions().languageVersion());
    Preprocessor preprocessor = new Preprocessor(options, gates, diagnostics);
    try {
      List<ScriptToken> read = preprocessor.process(source);
      TokenCheck.check(read, options.arguments().size(), diagnostics);
      if (read.isEmpty() && !options.isPrivileged() && !diagnostics.hasErrors()) {
        refuseEmpty(source, diagnostics);
      }
      List<ScriptToken> tokens = TokenRoles.assign(read, gates);
      tokens.add(new ScriptToken(Token.EOF, source, length, length));
      ScriptGrammar parser = new ScriptGrammar(new TokenList(source.name(), tokens));
      parser.removeErrorListeners();
      parser.setErrorHandler(new MistakeStrategy(diagnostics));
      // Only "else" needs prediction at all, and there the full-context mode would decide alike.
      parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
      TreeBuilder builder = new TreeBuilder(gates, diagnostics, options.isPrivileged());
      List<Declaration> declarations = new ArrayList<>();
      NestingParser nesting = parser;
      nesting.setReader(
          declaration -> builder.declaration(declaration).ifPresent(declarations::add));
      parser.script();
      return new ParseResult(
          new Script(whole, declarations), diagnostics.inOrder(), preprocessor.usedArguments());
    } catch (StackOverflowError _) {
      // The depth of everything is bounded; this is for a caller whose own stack was nearly full.
      diagnostics.error(SyntaxCodes.TOO_DEEP, new Span(source, 0, 0), "script nested too deeply");
      return new ParseResult(
          new Script(whole, List.of()), diagnostics.inOrder(), preprocessor.usedArguments());
    }
  }

  private static void refuseEmpty(SourceText source, DiagnosticCollector diagnostics) {
    boolean hasTokens = TokenReader.first(source, 0).isPresent();
    diagnostics.error(
        SyntaxCodes.EMPTY_FILE,
        new Span(source, 0, 0),
        "Input file '"
            + source.name()
            + "' is empty"
            + (hasTokens ? " after preprocessing." : "."));
  }
}
