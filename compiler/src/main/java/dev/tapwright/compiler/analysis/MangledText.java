package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.print.ScriptPrinter;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Expressions as SystemTap's {@code -p2} shows them: with all their parentheses, and globals and
 * functions by the names that it gives them.
 */
final class MangledText {
  private final StringBuilder text;
  private final MangledNames names;

  MangledText(StringBuilder text, MangledNames names) {
    this.text = text;
    this.names = names;
  }

  static String of(Expression expression, MangledNames names) {
    StringBuilder text = new StringBuilder();
    new MangledText(text, names).print(expression);
    return text.toString();
  }

  static String of(Expression.Literal literal) {
    return switch (literal) {
      case Expression.NumberLiteral number -> Long.toString(number.value());
      case Expression.StringLiteral string -> WrittenString.quoted(string);
    };
  }

  void print(Expression expression) {
    switch (expression) {
      case Expression.Literal literal -> text.append(of(literal));
      case Expression.Symbol symbol -> text.append(names.of(symbol));
      case Expression.Unary unary -> {
        text.append(unary.operator().symbol());
        grouped(unary.operand());
      }
      case Expression.Step step -> {
        String sign = step.isDecrement() ? "--" : "++";
        text.append(step.isPrefix() ? sign : "");
        grouped(step.operand());
        text.append(step.isPrefix() ? "" : sign);
      }
      case Expression.Binary binary -> binary(binary);
      case Expression.Assignment assignment -> {
        grouped(assignment.target());
        text.append(' ').append(assignment.operator().symbol()).append(' ');
        grouped(assignment.value());
      }
      case Expression.Conditional choice -> {
        grouped(choice.condition());
        text.append('?');
        grouped(choice.then());
        text.append(':');
        grouped(choice.otherwise());
      }
      case Expression.RegexMatch match -> {
        grouped(match.subject());
        text.append(match.isNegated() ? " !~ " : " =~ ").append(of(match.pattern()));
      }
      case Expression.ArrayElement element -> {
        print(element.array());
        indexes(element.indexes());
      }
      case Expression.Membership membership -> {
        indexes(membership.indexes());
        text.append(" in ");
        print(membership.array());
      }
      case Expression.FunctionCall call -> {
        text.append(names.of(call)).append('(');
        list(call.arguments());
        text.append(')');
      }
      case Expression.Statistic statistic -> {
        text.append(statistic.operator().symbol()).append('(');
        print(statistic.operand());
        statistic.shift().ifPresent(shift -> text.append(", ").append(shift.value()));
        text.append(')');
      }
      case Expression.Histogram histogram -> {
        text.append(histogram.linear().isPresent() ? "@hist_linear(" : "@hist_log(");
        print(histogram.operand());
        histogram
            .linear()
            .ifPresent(
                linear ->
                    List.of(linear.low(), linear.high(), linear.step())
                        .forEach(bound -> text.append(", ").append(bound.value())));
        text.append(')');
      }
      case Expression.Print print -> print(print);
      case Expression.Attempt attempt -> print(attempt.value());
      // What SystemTap has replaced by functions of its own when it prints.
      default -> text.append(ScriptPrinter.print(expression));
    }
  }

  private void print(Expression.Print print) {
    text.append(ScriptPrinter.name(print)).append('(');
    print
        .formatLiteral()
        .ifPresent(
            format ->
                text.append(WrittenString.quotedFormat(format))
                    .append(print.arguments().isEmpty() ? "" : ", "));
    list(print.arguments());
    text.append(')');
  }

  /** Left operands nest deeply in long sums, so they are walked by a loop. */
  private void binary(Expression.Binary last) {
    Deque<Expression.Binary> chain = new ArrayDeque<>();
    Expression first = last;
    while (first instanceof Expression.Binary binary) {
      chain.push(binary);
      first = binary.left();
    }
    text.repeat("(", chain.size());
    print(first);
    for (Expression.Binary binary : chain) {
      text.append(") ").append(binary.operator().symbol()).append(' ');
      grouped(binary.right());
    }
  }

  private void grouped(Expression expression) {
    text.append('(');
    print(expression);
    text.append(')');
  }

  /** Indexes in their brackets. */
  void indexes(List<IndexElement> indexes) {
    text.append('[');
    list(indexes);
    text.append(']');
  }

  private void list(List<? extends IndexElement> elements) {
    for (int i = 0; i < elements.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      switch (elements.get(i)) {
        case IndexElement.Wildcard _ -> text.append('*');
        case Expression expression -> print(expression);
      }
    }
  }
}
