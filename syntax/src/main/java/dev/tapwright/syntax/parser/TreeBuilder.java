package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.FunctionBody;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Parameter;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree of the parse contexts. A declaration that a mistake cut short stays with what
 * there is of it.
 */
final class TreeBuilder {
  private final DiagnosticCollector diagnostics;
  private final boolean isPrivileged;
  private final ExpressionBuilder expressions;
  private final StatementBuilder statements;
  private final ProbePointBuilder probePoints;

  /** The names of globals so far, and whether they are private. */
  private final Map<String, Boolean> globals = new HashMap<>();

  TreeBuilder(LanguageGates gates, DiagnosticCollector diagnostics, boolean isPrivileged) {
    this.diagnostics = diagnostics;
    this.isPrivileged = isPrivileged;
    this.expressions = new ExpressionBuilder(gates, diagnostics, isPrivileged);
    this.statements = new StatementBuilder(diagnostics, expressions);
    this.probePoints = new ProbePointBuilder(diagnostics, expressions);
  }

  /** One declaration; empty when a mistake left nothing of it. */
  Optional<Declaration> declaration(ScriptGrammar.DeclarationContext context) {
    if (context.children == null) {
      return Optional.empty();
    }
    ParseTree first = context.children.getFirst();
    if (first instanceof ScriptGrammar.ProbeContext probe) {
      return probe(probe);
    } else if (first instanceof ScriptGrammar.GlobalsContext globals) {
      return globals(globals.variables(), Spans.of(globals), false, true);
    } else if (first instanceof ScriptGrammar.FunctionContext function) {
      return function(function, Spans.of(function), false);
    } else if (first instanceof ScriptGrammar.PrivateDeclarationContext secret) {
      return secret(secret);
    } else if (first instanceof TerminalNode embedded) {
      return embedded(embedded.getSymbol());
    }
    return Optional.empty();
  }

  private Optional<Declaration> secret(ScriptGrammar.PrivateDeclarationContext context) {
    Span span = Spans.of(context);
    if (context.function() != null) {
      return function(context.function(), span, true);
    }
    return context.globals() == null
        ? globals(context.variables(), span, true, false)
        : globals(context.globals().variables(), span, true, true);
  }

  private Optional<Declaration> probe(ScriptGrammar.ProbeContext context) {
    List<ProbePoint> points = probePoints.points(context.probePoints());
    List<Declaration.AliasName> names = new ArrayList<>();
    boolean isEpilogue = false;
    for (ScriptGrammar.AliasTargetContext target : context.aliasTarget()) {
      isEpilogue |= target.ADD_ASSIGN() != null;
      checkAliasNames(points, target.getStart());
      for (ProbePoint name : points) {
        names.add(new Declaration.AliasName(name, target.ADD_ASSIGN() != null));
      }
      points = probePoints.points(target.probePoints());
    }
    List<ScriptGrammar.BlockContext> blocks = context.block();
    if (blocks.isEmpty() || points.isEmpty()) {
      return Optional.empty();
    }
    Statement.Block body = statements.body(blocks.getFirst(), false);
    if (names.isEmpty() && blocks.size() == 1) {
      return Optional.of(new Declaration.Probe(Spans.of(context), false, points, body));
    }
    Optional<Statement.Block> epilogue =
        blocks.size() == 1 ? Optional.empty() : Optional.of(statements.body(blocks.get(1), false));
    if (epilogue.isPresent() && (names.isEmpty() || isEpilogue) && context.COMMA() != null) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(context.COMMA().getSymbol()),
          isEpilogue
              ? "Combined prologue and epilogue cannot be defined with '+='"
              : "expected 'probe', 'global', 'private', 'function', or '%{'");
    }
    return names.isEmpty()
        ? Optional.of(new Declaration.Probe(Spans.of(context), false, points, body))
        : Optional.of(
            new Declaration.Alias(Spans.of(context), false, names, points, body, epilogue));
  }

  /** An alias has one name, which must be there. */
  private void checkAliasNames(List<ProbePoint> names, Token sign) {
    if (names.size() > 1) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN, Spans.of(sign), "expected probe point specifier");
    } else if (!names.isEmpty() && names.getFirst().presence() != ProbePoint.Presence.REQUIRED) {
      diagnostics.error(
          SyntaxCodes.INVALID_TOKEN,
          names.getFirst().span(),
          "probe point alias name cannot be optional nor sufficient");
    }
  }

  private Optional<Declaration> globals(
      ScriptGrammar.@Nullable VariablesContext context,
      Span span,
      boolean isPrivate,
      boolean hasGlobalKeyword) {
    if (context == null) {
      return Optional.empty();
    }
    List<GlobalVariableDeclaration> variables = new ArrayList<>();
    for (ScriptGrammar.VariableContext variable : context.variable()) {
      Optional<GlobalVariableDeclaration> built = variable(variable, isPrivate);
      if (built.isPresent()) {
        variables.add(built.get());
      }
    }
    return variables.isEmpty()
        ? Optional.empty()
        : Optional.of(new Declaration.Globals(span, isPrivate, hasGlobalKeyword, variables));
  }

  private Optional<GlobalVariableDeclaration> variable(
      ScriptGrammar.VariableContext context, boolean isPrivate) {
    if (context.NAME() == null) {
      return Optional.empty();
    }
    Optional<Expression.NumberLiteral> size = Optional.empty();
    if (context.NUMBER() != null) {
      Expression.NumberLiteral number = expressions.literals().number(context.NUMBER().getSymbol());
      if (number.value() <= 0 || number.value() > Integer.MAX_VALUE) {
        diagnostics.error(SyntaxCodes.EXPECTED_TOKEN, number.span(), "array size out of range");
      } else {
        size = Optional.of(number);
      }
    }
    Optional<Expression.Literal> initialValue =
        context.literal() == null
            ? Optional.empty()
            : Optional.of(expressions.literals().literal(context.literal()));
    if (initialValue.isPresent() && size.isPresent()) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(context.ASSIGN().getSymbol()),
          "only scalar globals can be initialized");
    }
    Boolean wasPrivate = globals.putIfAbsent(context.NAME().getText(), isPrivate);
    if (wasPrivate != null) {
      diagnostics.error(
          SyntaxCodes.DUPLICATE,
          Spans.of(context.NAME().getSymbol()),
          wasPrivate == isPrivate
              ? "duplicate global name"
              : "global versus private variable declaration conflict");
    }
    return Optional.of(
        new GlobalVariableDeclaration(
            Spans.of(context),
            identifier(context.NAME().getSymbol()),
            context.MODULO() != null,
            size,
            initialValue));
  }

  private Optional<Declaration> function(
      ScriptGrammar.FunctionContext context, Span span, boolean isPrivate) {
    ScriptGrammar.FunctionHeaderContext header = context.functionHeader();
    if (header == null
        || header.functionName() == null
        || header.functionName().getChildCount() == 0) {
      return Optional.empty();
    }
    FunctionBody body;
    if (context.block() != null) {
      body = statements.body(context.block(), true);
    } else if (context.EMBEDDED() != null) {
      body = ValueBuilder.embeddedCode(context.EMBEDDED().getSymbol());
      refuseEmbedded(
          context.EMBEDDED().getSymbol(), "embedded code in unprivileged script; need stap -g");
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new Declaration.Function(
            span,
            isPrivate,
            identifier(header.functionName().getStart()),
            type(header.typeName()),
            parameters(header.parameters()),
            priority(header),
            body));
  }

  private List<Parameter> parameters(ScriptGrammar.@Nullable ParametersContext context) {
    List<Parameter> parameters = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (context == null || context.children == null) {
      return parameters;
    }
    boolean isExpected = true;
    for (ParseTree child : context.children) {
      if (child instanceof ScriptGrammar.ParameterContext parameter && parameter.NAME() != null) {
        if (!names.add(parameter.NAME().getText())) {
          diagnostics.error(
              SyntaxCodes.DUPLICATE,
              Spans.of(parameter.NAME().getSymbol()),
              "duplicate parameter names");
        }
        parameters.add(
            new Parameter(
                Spans.of(parameter),
                identifier(parameter.NAME().getSymbol()),
                type(parameter.typeName())));
      } else if (child instanceof TerminalNode comma && isExpected) {
        diagnostics.error(
            SyntaxCodes.EXPECTED_TOKEN, Spans.of(comma.getSymbol()), "expected identifier");
      }
      isExpected = child instanceof TerminalNode;
    }
    return parameters;
  }

  private Optional<Expression.NumberLiteral> priority(ScriptGrammar.FunctionHeaderContext context) {
    if (context.signedNumber() == null || context.signedNumber().NUMBER() == null) {
      return Optional.empty();
    }
    Expression.NumberLiteral priority =
        expressions.literals().number(context.signedNumber(), context);
    if (priority.value() < 1) {
      diagnostics.error(
          SyntaxCodes.EXPECTED_TOKEN,
          Spans.of(context.signedNumber().NUMBER().getSymbol()),
          "specified priority must be > 0");
      return Optional.empty();
    }
    return Optional.of(priority);
  }

  private Optional<Declaration> embedded(Token token) {
    refuseEmbedded(token, "embedded code in unprivileged script; need stap -g");
    return Optional.of(new Declaration.Embedded(Spans.of(token), ValueBuilder.embeddedCode(token)));
  }

  private void refuseEmbedded(Token token, String message) {
    if (!isPrivileged) {
      diagnostics.error(SyntaxCodes.NEEDS_GURU, Spans.of(token), message);
    }
  }

  private static Identifier identifier(Token token) {
    return new Identifier(Spans.of(token), token.getText());
  }

  private static Optional<TypeName> type(ScriptGrammar.@Nullable TypeNameContext context) {
    if (context == null || context.getChildCount() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        context.getStart().getType() == ScriptLexer.LONG_TYPE ? TypeName.LONG : TypeName.STRING);
  }
}
