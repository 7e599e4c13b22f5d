package dev.tapwright.syntax.print;

import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import java.util.List;
import java.util.Optional;

/** Prints statements, one a line. */
final class StatementPrinter {
  private final StringBuilder text;
  private final ExpressionPrinter expressions;

  StatementPrinter(StringBuilder text, ExpressionPrinter expressions) {
    this.text = text;
    this.expressions = expressions;
  }

  /** A block, without a newline behind it. */
  void block(Statement.Block block, int depth) {
    text.append("{\n");
    for (Statement statement : block.statements()) {
      indent(depth + 1);
      print(statement, depth + 1);
      text.append('\n');
    }
    indent(depth);
    text.append('}');
  }

  private void indent(int depth) {
    text.repeat("  ", Math.min(depth, 40));
  }

  /** A statement, without a newline behind it. */
  void print(Statement statement, int depth) {
    switch (statement) {
      case Statement.Block block -> block(block, depth);
      case Statement.Empty _ -> text.append(';');
      case Statement.Evaluation evaluation -> {
        expressions.print(evaluation.expression());
        text.append(';');
      }
      case Statement.If branch -> branch(branch, depth);
      case Statement.While loop -> {
        condition("while", loop.condition());
        print(loop.body(), depth);
      }
      case Statement.For loop -> {
        text.append("for (");
        optional("", loop.initialization());
        text.append(';');
        optional(" ", loop.condition());
        text.append(';');
        optional(" ", loop.step());
        text.append(") ");
        print(loop.body(), depth);
      }
      case Statement.Foreach loop -> foreach(loop, depth);
      case Statement.Try attempt -> {
        text.append("try ");
        block(attempt.body(), depth);
        text.append(" catch ");
        attempt
            .message()
            .ifPresent(message -> text.append('(').append(message.name()).append(") "));
        block(attempt.handler(), depth);
      }
      case Statement.Return result -> {
        text.append("return");
        optional(" ", result.value());
        text.append(';');
      }
      case Statement.Delete delete -> {
        text.append("delete ");
        expressions.print(delete.target());
        text.append(';');
      }
      case Statement.Next _ -> text.append("next;");
      case Statement.Break _ -> text.append("break;");
      case Statement.Continue _ -> text.append("continue;");
    }
  }

  private void condition(String word, Expression condition) {
    text.append(word).append(" (");
    expressions.print(condition);
    text.append(") ");
  }

  private void branch(Statement.If first, int depth) {
    Statement.If branch = first;
    while (true) {
      condition("if", branch.condition());
      print(branch.then(), depth);
      if (branch.otherwise().isEmpty()) {
        return;
      }
      text.append(" else ");
      if (branch.otherwise().get() instanceof Statement.If next) {
        branch = next;
      } else {
        print(branch.otherwise().get(), depth);
        return;
      }
    }
  }

  private void optional(String before, Optional<Expression> expression) {
    if (expression.isPresent()) {
      text.append(before);
      expressions.print(expression.get());
    }
  }

  private void foreach(Statement.Foreach loop, int depth) {
    text.append("foreach (");
    loop.value()
        .ifPresent(
            value -> {
              variable(value);
              text.append(" = ");
            });
    List<LoopVariable> keys = loop.keys();
    boolean isList = keys.size() > 1;
    text.append(isList ? "[" : "");
    for (int i = 0; i < keys.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      variable(keys.get(i));
    }
    text.append(isList ? "]" : "").append(" in ");
    expressions.print(loop.array());
    if (!loop.slice().isEmpty()) {
      text.append(" [");
      expressions.elements(loop.slice());
      text.append(']');
    }
    loop.aggregate().ifPresent(aggregate -> text.append(' ').append(aggregate.symbol()));
    text.append(loop.aggregate().isPresent() ? " " : "").append(mark(loop.sort()));
    loop.limit()
        .ifPresent(
            limit -> {
              text.append(" limit ");
              expressions.print(limit);
            });
    text.append(") ");
    print(loop.body(), depth);
  }

  private void variable(LoopVariable variable) {
    text.append(variable.name().name()).append(mark(variable.sort()));
  }

  private static String mark(SortDirection direction) {
    return switch (direction) {
      case NONE -> "";
      case ASCENDING -> "+";
      case DESCENDING -> "-";
    };
  }
}
