package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces {@code @probewrite(x)} in the bodies of an alias: by 1 where what uses the alias - a
 * handler, and the aliases between the two - writes the variable, else by 0.
 */
final class ProbeWriteFolding extends TreeRewriter {
  private final Set<String> written = new HashSet<>();

  /** For an alias that such bodies use. */
  ProbeWriteFolding(List<Statement.Block> users) {
    users.forEach(this::addWritten);
  }

  @Override
  Expression expression(Expression expression) {
    return switch (expression) {
      case Expression.ProbeWrite write -> folded(write);
      // It is looked at before anything else is asked of an expression.
      case Expression.Defined(var span, Expression.ProbeWrite write) ->
          new Expression.Defined(span, folded(write));
      default -> super.expression(expression);
    };
  }

  private Expression folded(Expression.ProbeWrite write) {
    return new Expression.NumberLiteral(
        write.span(), written.contains(write.variable().name()) ? 1 : 0);
  }

  private void addWritten(Node node) {
    switch (node) {
      case Expression.Assignment assignment -> addTarget(assignment.target());
      case Expression.Step step -> addTarget(step.operand());
      case Statement.Delete delete -> addTarget(delete.target());
      case Statement.Foreach loop -> {
        loop.keys().forEach(key -> written.add(key.name().name()));
        loop.value().ifPresent(value -> written.add(value.name().name()));
      }
      case Statement.Try attempt ->
          attempt.message().ifPresent(message -> written.add(message.name()));
      default -> {}
    }
    Children.of(node).forEach(this::addWritten);
  }

  private void addTarget(Expression target) {
    switch (target) {
      case Expression.Symbol symbol -> written.add(symbol.name());
      case Expression.ArrayElement element -> addTarget(element.array());
      default -> {
        if (AccessChain.of(target).map(AccessChain::root).orElse(target)
            instanceof Expression.TargetVariable variable) {
          written.add(variable.name());
        }
      }
    }
  }
}
