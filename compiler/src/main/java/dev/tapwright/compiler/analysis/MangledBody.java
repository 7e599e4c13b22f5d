package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.SemanticSummaryPrinter.Bodies;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.FunctionBody;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The bodies of probes and functions as SystemTap's {@code -p2 -v} shows them. */
final class MangledBody {
  private final StringBuilder text = new StringBuilder();
  private final MangledNames names;
  private final MangledText expressions;
  private final boolean isSimplified;

  private MangledBody(MangledNames names, Bodies manner) {
    this.names = names;
    this.expressions = new MangledText(text, names);
    this.isSimplified = manner == Bodies.SIMPLIFIED;
  }

  /** The body of a function, in its braces. */
  static String of(FunctionBody body, MangledNames names, Bodies manner) {
    return switch (body) {
      case Statement.Block block -> of((Statement) block, names, manner);
      case EmbeddedCode embedded -> "{ %{" + embedded.code() + "%} }";
    };
  }

  /**
   * The bodies of a probe, in braces; they begin with the probe's condition, which SystemTap checks
   * there.
   */
  static String of(DerivedProbe probe, MangledNames names, Bodies manner) {
    List<Statement> parts = new ArrayList<>();
    probe
        .condition()
        .ifPresent(
            condition ->
                parts.add(
                    new Statement.If(
                        condition.span(),
                        negated(condition),
                        new Statement.Next(condition.span()),
                        Optional.empty())));
    parts.addAll(probe.bodies());
    return of(
        parts.size() == 1
            ? parts.getFirst()
            : new Statement.Block(probe.declaration().span(), parts),
        names,
        manner);
  }

  private static String of(Statement body, MangledNames names, Bodies manner) {
    MangledBody printer = new MangledBody(names, manner);
    printer.text.append("{ ");
    printer.print(body);
    return printer.text.append(" }").toString();
  }

  private static Expression negated(Expression condition) {
    return new Expression.Unary(condition.span(), UnaryOperator.NOT, condition);
  }

  private void print(Statement statement) {
    switch (isSimplified ? simplified(statement) : statement) {
      case Statement.Block block -> {
        text.append("{\n");
        for (Statement inner : block.statements()) {
          print(inner);
          text.append(";\n");
        }
        text.append('}');
      }
      case Statement.Empty _ -> text.append(';');
      case Statement.Evaluation evaluation -> expressions.print(evaluation.expression());
      case Statement.If branch -> {
        text.append("if (");
        expressions.print(branch.condition());
        text.append(") ");
        print(branch.then());
        text.append('\n');
        branch
            .otherwise()
            .ifPresent(
                otherwise -> {
                  text.append("else ");
                  print(otherwise);
                  text.append('\n');
                });
      }
      case Statement.While loop ->
          loop(Optional.empty(), Optional.of(loop.condition()), Optional.empty(), loop.body());
      case Statement.For loop ->
          loop(loop.initialization(), loop.condition(), loop.step(), loop.body());
      case Statement.Foreach loop -> foreach(loop);
      case Statement.Try attempt -> {
        text.append("try {\n");
        printPart(attempt.body());
        text.append("} catch ");
        attempt
            .message()
            .ifPresent(message -> text.append('(').append(message.name()).append(") "));
        text.append("{\n");
        printPart(attempt.handler());
        text.append("}\n");
      }
      case Statement.Return result -> {
        text.append("return");
        result
            .value()
            .ifPresent(
                value -> {
                  text.append(' ');
                  expressions.print(value);
                });
      }
      case Statement.Delete delete -> {
        text.append("delete ");
        // Whole variables are shown by their own names, unlike anywhere else.
        if (delete.target() instanceof Expression.Symbol symbol) {
          text.append(symbol.name());
        } else {
          expressions.print(delete.target());
        }
      }
      case Statement.Next _ -> text.append("next");
      case Statement.Break _ -> text.append("break");
      case Statement.Continue _ -> text.append("continue");
    }
  }

  /** A part of {@code try}, on lines of its own; without any when nothing is left of it. */
  private void printPart(Statement.Block part) {
    if (!isSimplified || !Elision.isEmpty(part)) {
      print(part);
      text.append('\n');
    }
  }

  private void loop(
      Optional<Expression> initialization,
      Optional<Expression> condition,
      Optional<Expression> step,
      Statement body) {
    text.append("for (");
    initialization.ifPresent(expressions::print);
    text.append("; ");
    condition.ifPresentOrElse(expressions::print, () -> text.append('1'));
    text.append("; ");
    step.ifPresent(expressions::print);
    text.append(") ");
    print(body);
  }

  private void foreach(Statement.Foreach loop) {
    text.append("foreach (");
    loop.value().ifPresent(value -> text.append(variable(value)).append(" = "));
    text.append(
        loop.keys().stream().map(this::variable).collect(Collectors.joining(", ", "[", "] in ")));
    expressions.print(loop.array());
    if (!loop.slice().isEmpty()) {
      expressions.indexes(loop.slice());
    }
    loop.aggregate().ifPresent(aggregate -> text.append(' ').append(aggregate.symbol()));
    text.append(mark(loop.sort()));
    loop.limit()
        .ifPresent(
            limit -> {
              text.append(" limit ");
              expressions.print(limit);
            });
    text.append(") ");
    print(loop.body());
  }

  private String variable(LoopVariable variable) {
    return names.of(variable) + mark(variable.sort());
  }

  private static String mark(SortDirection direction) {
    return switch (direction) {
      case NONE -> "";
      case ASCENDING -> "+";
      case DESCENDING -> "-";
    };
  }

  /**
   * What SystemTap makes of a statement when it leaves out what has no effect: a block of one
   * statement is that statement, blocks in blocks are one, and a condition is negated where only
   * its {@code else} is left.
   */
  private static Statement simplified(Statement statement) {
    return switch (statement) {
      case Statement.Block block -> {
        List<Statement> statements = new ArrayList<>();
        flatten(block, statements);
        yield switch (statements.size()) {
          case 0 -> new Statement.Empty(block.span());
          case 1 -> simplified(statements.getFirst());
          default -> new Statement.Block(block.span(), statements);
        };
      }
      case Statement.If branch
          when Elision.isEmpty(branch.then()) && branch.otherwise().isPresent() ->
          new Statement.If(
              branch.span(),
              negated(branch.condition()),
              branch.otherwise().get(),
              Optional.empty());
      case Statement.If branch when branch.otherwise().filter(Elision::isEmpty).isPresent() ->
          new Statement.If(branch.span(), branch.condition(), branch.then(), Optional.empty());
      default -> statement;
    };
  }

  private static void flatten(Statement.Block block, List<Statement> statements) {
    for (Statement inner : block.statements()) {
      switch (inner) {
        case Statement.Block nested -> flatten(nested, statements);
        case Statement.Empty _ -> {}
        default -> statements.add(inner);
      }
    }
  }
}
