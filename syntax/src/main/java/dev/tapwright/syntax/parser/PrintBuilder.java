package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.format.PrintFormatParser;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Makes calls of the {@code print} family. */
final class PrintBuilder {
  private final ExpressionBuilder expressions;
  private final DiagnosticCollector diagnostics;

  PrintBuilder(ExpressionBuilder expressions, DiagnosticCollector diagnostics) {
    this.expressions = expressions;
    this.diagnostics = diagnostics;
  }

  Expression print(Token name, ScriptGrammar.PrimaryContext context) {
    Span span = Spans.of(context);
    List<Expression> arguments = expressions.arguments(context.arguments());
    String word = name.getText();
    boolean asString = word.startsWith("s");
    String rest = asString ? word.substring(1) : word;
    boolean newline = rest.endsWith("ln");
    Expression.PrintForm form =
        switch (newline ? rest.substring(0, rest.length() - 2) : rest) {
          case "printf" -> Expression.PrintForm.FORMATTED;
          case "printd" -> Expression.PrintForm.DELIMITED;
          case "print_char" -> Expression.PrintForm.CHARACTER;
          default -> Expression.PrintForm.PLAIN;
        };
    Optional<Expression.StringLiteral> literal =
        context.string() == null
            ? Optional.empty()
            : Optional.of(expressions.literals().string(context.string(), context));
    boolean isWhole = context.exception == null && context.RIGHT_PAREN() != null;
    if (isWhole && arguments.size() < least(form, newline)) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(context.RIGHT_PAREN().getSymbol()),
          "expected literal string or number");
    }
    boolean hasLiteral = name.getType() == ScriptLexer.FORMAT_NAME;
    if (hasLiteral && literal.isEmpty()) {
      return new Expression.Erroneous(span);
    }
    Optional<PrintFormat> format =
        form == Expression.PrintForm.FORMATTED ? literal.map(this::format) : Optional.empty();
    return new Expression.Print(span, asString, form, format, literal, newline, arguments);
  }

  /** How many values must be printed at least. */
  private static int least(Expression.PrintForm form, boolean newline) {
    return switch (form) {
      case FORMATTED -> 0;
      case DELIMITED -> 2;
      case CHARACTER -> 1;
      case PLAIN -> newline ? 0 : 1;
    };
  }

  private PrintFormat format(Expression.StringLiteral literal) {
    PrintFormatParser.Result result = PrintFormatParser.parse(literal.value());
    for (String message : result.mistakes()) {
      diagnostics.error(SyntaxCodes.PRINT_FORMAT, literal.span(), message);
    }
    return result.format();
  }
}
