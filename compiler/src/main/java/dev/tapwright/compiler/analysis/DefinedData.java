package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.Optional;

/** What {@code @defined} gives at a place: whether the data of the traced program is there. */
record DefinedData(AccessResolver resolver, Unit unit) {
  /** Whether an operand is defined. */
  boolean isDefined(Expression operand) {
    Optional<AccessChain> chain = AccessChain.of(operand);
    if (chain.isPresent()) {
      return isDefined(chain.get());
    }
    return switch (operand) {
      case Expression.Constant constant -> isConstant(constant.expression().value());
      case Expression.EnumValue value -> isConstant(value.name().value());
      case Expression.Entry entry -> resolver.context().hasEntry() && isDefined(entry.operand());
      // As SystemTap has it: what a script computes itself is not defined.
      default ->
          operand instanceof Expression.Literal || (holdsAccess(operand) && isKnown(operand));
    };
  }

  private static boolean holdsAccess(Node node) {
    return (node instanceof Expression expression && AccessChain.of(expression).isPresent())
        || Children.any(node, DefinedData::holdsAccess);
  }

  /** Whether all data of the traced program is there that an expression needs. */
  private boolean isKnown(Expression operand) {
    return AccessChain.of(operand).isPresent()
        ? isDefined(operand)
        : Children.of(operand).stream()
            .allMatch(child -> !(child instanceof Expression inner) || isKnown(inner));
  }

  private boolean isDefined(AccessChain chain) {
    if (chain.isAutocast()) {
      return false;
    }
    if (chain.root() instanceof Expression.TargetVariable variable
        && variable.name().startsWith("$$")) {
      return new ContextSummary(resolver, unit).isKnown(variable);
    }
    try {
      resolver.path(chain);
      return chain.operands().stream().allMatch(this::isKnown);
    } catch (AccessFault fault) {
      return false;
    }
  }

  private boolean isConstant(String name) {
    return ConstantValue.of(name, resolver.data()).isPresent();
  }
}
