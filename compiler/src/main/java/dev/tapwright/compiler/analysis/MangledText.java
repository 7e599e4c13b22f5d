package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ProbePointText;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The condition of a probe as SystemTap's {@code -p2} shows it: with all its parentheses, and
 * globals by the names that it gives them where it has resolved the point.
 */
final class MangledText {
  private final Function<Expression.Symbol, String> names;

  private MangledText(Function<Expression.Symbol, String> names) {
    this.names = names;
  }

  /** The text of a resolved condition; all that a condition names is global. */
  static String of(Expression condition, Bindings bindings) {
    return new MangledText(
            symbol ->
                bindings.variableOf(symbol).orElse(null) instanceof Variable.Global global
                    ? global.mangledName()
                    : symbol.name())
        .text(condition);
  }

  /** The text of a condition with the names as written. */
  static String asWritten(Expression condition) {
    return new MangledText(Expression.Symbol::name).text(condition);
  }

  private String text(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> ProbePointText.literal(literal);
      case Expression.Symbol symbol -> names.apply(symbol);
      case Expression.Unary unary -> unary.operator().symbol() + grouped(unary.operand());
      case Expression.Binary binary ->
          grouped(binary.left()) + " " + binary.operator().symbol() + " " + grouped(binary.right());
      case Expression.Conditional choice ->
          grouped(choice.condition())
              + "?"
              + grouped(choice.then())
              + ":"
              + grouped(choice.otherwise());
      case Expression.ArrayElement element -> text(element.array()) + indexes(element.indexes());
      case Expression.Membership membership ->
          indexes(membership.indexes()) + " in " + text(membership.array());
      case Expression.Statistic statistic ->
          statistic.operator().symbol() + "(" + text(statistic.operand()) + ")";
      default -> expression.span().text();
    };
  }

  private String grouped(Expression expression) {
    return "(" + text(expression) + ")";
  }

  private String indexes(List<IndexElement> indexes) {
    return indexes.stream()
        .map(index -> index instanceof Expression expression ? text(expression) : "*")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
