package dev.tapwright.syntax.print;

import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import dev.tapwright.syntax.tree.Parameter;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Script;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.TypeName;
import java.util.List;
import java.util.Locale;

/**
 * Prints a tree as source. Parsing it gives the same tree again but for spans; only what a mistake
 * left out of the tree is lost.
 */
public final class ScriptPrinter {
  private final StringBuilder text = new StringBuilder();
  private final ExpressionPrinter expressions = new ExpressionPrinter(text);
  private final StatementPrinter statements = new StatementPrinter(text, expressions);

  private ScriptPrinter() {}

  /** A whole script. */
  public static String print(Script script) {
    return DeepStack.call(
        () -> {
          ScriptPrinter printer = new ScriptPrinter();
          script.declarations().forEach(printer::declaration);
          return printer.text.toString();
        });
  }

  /** One declaration. */
  public static String print(Declaration declaration) {
    ScriptPrinter printer = new ScriptPrinter();
    printer.declaration(declaration);
    return printer.text.toString();
  }

  /** A probe point, as written in a script. */
  public static String print(ProbePoint point) {
    ScriptPrinter printer = new ScriptPrinter();
    printer.point(point);
    return printer.text.toString();
  }

  /** An expression. */
  public static String print(dev.tapwright.syntax.tree.Expression expression) {
    ScriptPrinter printer = new ScriptPrinter();
    printer.expressions.print(expression);
    return printer.text.toString();
  }

  /** The word that a print begins with, such as {@code sprintdln}. */
  public static String name(dev.tapwright.syntax.tree.Expression.Print print) {
    return ExpressionPrinter.name(print);
  }

  /** A statement. */
  public static String print(Statement statement) {
    ScriptPrinter printer = new ScriptPrinter();
    printer.statements.print(statement, 0);
    return printer.text.toString();
  }

  private void declaration(Declaration declaration) {
    switch (declaration) {
      case Declaration.Probe probe -> {
        text.append("probe ");
        points(probe.points());
        text.append(' ');
        body(probe.body());
      }
      case Declaration.Alias alias -> alias(alias);
      case Declaration.Globals globals -> globals(globals);
      case Declaration.Function function -> function(function);
      case Declaration.Embedded embedded -> {
        embedded(embedded.code());
        text.append('\n');
      }
    }
  }

  private void alias(Declaration.Alias alias) {
    text.append("probe ");
    for (Declaration.AliasName name : alias.names()) {
      point(name.point());
      text.append(name.isEpilogue() ? " += " : " = ");
    }
    points(alias.points());
    text.append(' ');
    statements.block(alias.body(), 0);
    alias
        .epilogue()
        .ifPresent(
            epilogue -> {
              text.append(", ");
              statements.block(epilogue, 0);
            });
    text.append('\n');
  }

  private void body(Statement.Block block) {
    statements.block(block, 0);
    text.append('\n');
  }

  private void points(List<ProbePoint> points) {
    for (int i = 0; i < points.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      point(points.get(i));
    }
  }

  private void point(ProbePoint point) {
    List<ProbeComponent> components = point.components();
    for (int i = 0; i < components.size(); i++) {
      text.append(i == 0 ? "" : ".");
      switch (components.get(i)) {
        case ProbeComponent.Named named -> {
          text.append(named.name());
          named
              .argument()
              .ifPresent(
                  argument -> {
                    text.append('(');
                    expressions.literal(argument);
                    text.append(')');
                  });
        }
        case ProbeComponent.Group group -> {
          text.append('{');
          points(group.alternatives());
          text.append('}');
        }
      }
    }
    text.append(
        switch (point.presence()) {
          case REQUIRED -> "";
          case OPTIONAL -> "?";
          case SUFFICIENT -> "!";
        });
    point
        .condition()
        .ifPresent(
            condition -> {
              text.append(" if (");
              expressions.print(condition);
              text.append(')');
            });
  }

  private void globals(Declaration.Globals globals) {
    text.append(globals.isPrivate() ? "private " : "")
        .append(globals.hasGlobalKeyword() ? "global " : "");
    List<GlobalVariableDeclaration> variables = globals.variables();
    for (int i = 0; i < variables.size(); i++) {
      GlobalVariableDeclaration variable = variables.get(i);
      text.append(i == 0 ? "" : ", ")
          .append(variable.name().name())
          .append(variable.wraps() ? "%" : "");
      variable
          .size()
          .ifPresent(
              size -> {
                text.append('[');
                expressions.literal(size);
                text.append(']');
              });
      variable
          .initialValue()
          .ifPresent(
              value -> {
                text.append(" = ");
                expressions.literal(value);
              });
    }
    text.append('\n');
  }

  private void function(Declaration.Function function) {
    text.append(function.isPrivate() ? "private " : "")
        .append("function ")
        .append(function.name().name());
    function.type().ifPresent(this::type);
    text.append(" (");
    List<Parameter> parameters = function.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(parameters.get(i).name().name());
      parameters.get(i).type().ifPresent(this::type);
    }
    text.append(')');
    function
        .priority()
        .ifPresent(
            priority -> {
              text.append(" : ");
              expressions.literal(priority);
            });
    text.append(' ');
    switch (function.body()) {
      case Statement.Block block -> body(block);
      case EmbeddedCode code -> {
        embedded(code);
        text.append('\n');
      }
    }
  }

  private void type(TypeName type) {
    text.append(':').append(type.name().toLowerCase(Locale.ROOT));
  }

  private void embedded(EmbeddedCode code) {
    text.append("%{").append(code.code()).append("%}");
  }
}
