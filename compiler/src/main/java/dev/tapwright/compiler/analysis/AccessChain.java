package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An expression such as {@code &@cast(p, "foo")->bar[1]}, taken apart.
 *
 * @param root what it begins with
 * @param links the {@link Expression.Member}s and {@link Expression.TargetElement}s, in order
 * @param isAddress {@code &}
 * @param print the {@code $} or {@code $$} behind it
 */
record AccessChain(
    Expression root,
    List<Expression> links,
    boolean isAddress,
    Optional<Expression.PrettyPrint> print) {
  AccessChain {
    links = List.copyOf(links);
  }

  /** Takes an expression apart; empty where it is no such expression. */
  static Optional<AccessChain> of(Expression expression) {
    return switch (expression) {
      case Expression.AddressOf(var span, Expression operand) -> {
        AccessChain inner = plain(operand);
        yield Optional.of(new AccessChain(inner.root, inner.links, true, Optional.empty()));
      }
      case Expression.PrettyPrint print -> {
        AccessChain inner = plain(print.base());
        yield Optional.of(new AccessChain(inner.root, inner.links, false, Optional.of(print)));
      }
      case Expression.Member _,
          Expression.TargetElement _,
          Expression.TargetVariable _,
          Expression.AtVariable _,
          Expression.Cast _ ->
          Optional.of(plain(expression));
      default -> Optional.empty();
    };
  }

  private static AccessChain plain(Expression expression) {
    List<Expression> links = new ArrayList<>();
    Expression root = expression;
    while (true) {
      switch (root) {
        case Expression.Member member -> {
          links.addFirst(member);
          root = member.base();
        }
        case Expression.TargetElement element -> {
          links.addFirst(element);
          root = element.base();
        }
        default -> {
          return new AccessChain(root, links, false, Optional.empty());
        }
      }
    }
  }

  /** Whether it begins with a value of the script, whose type must be found out. */
  boolean isAutocast() {
    return !(root instanceof Expression.TargetVariable
        || root instanceof Expression.AtVariable
        || root instanceof Expression.Cast);
  }

  /** The expressions of the script in it: what it begins with if that is one, and the indexes. */
  List<Expression> operands() {
    List<Expression> operands = new ArrayList<>();
    if (root instanceof Expression.Cast cast) {
      operands.add(cast.operand());
    } else if (isAutocast()) {
      operands.add(root);
    }
    for (Expression link : links) {
      if (link instanceof Expression.TargetElement element) {
        operands.add(element.index());
      }
    }
    return operands;
  }
}
