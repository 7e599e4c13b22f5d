package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.format.PrintFormatParser;
import dev.tapwright.syntax.grammar.ScriptGrammar;
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
    if (form == Expression.PrintForm.PLAIN || form == Expression.PrintForm.CHARACTER) {
      return new Expression.Print(
          span, asString, form, Optional.empty(), Optional.empty(), newline, arguments);
    }
    if (arguments.isEmpty()
        || !(arguments.getFirst() instanceof Expression.StringLiteral literal)) {
      if (context.exception == null) {
        Span where =
            arguments.isEmpty() ? Spans.of(context.getStop()) : arguments.getFirst().span();
        diagnostics.error(SyntaxCodes.EXPECTED_TOKEN, where, "expected literal string");
      }
      return new Expression.Erroneous(span);
    }
    Optional<PrintFormat> format =
        form == Expression.PrintForm.FORMATTED ? Optional.of(format(literal)) : Optional.empty();
    return new Expression.Print(
        span,
        asString,
        form,
        format,
        Optional.of(literal),
        newline,
        arguments.subList(1, arguments.size()));
  }

  private PrintFormat format(Expression.StringLiteral literal) {
    PrintFormatParser.Result result = PrintFormatParser.parse(literal.value());
    for (String message : result.mistakes()) {
      diagnostics.error(SyntaxCodes.PRINT_FORMAT, literal.span(), message);
    }
    return result.format();
  }
}
