package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which handlers of a script with errors are free of them, themselves and in all they call: later
 * stages can check these, so that one mistake does not hide what is wrong elsewhere.
 */
final class SoundParts {
  private final List<Span> errors;
  private final Set<FunctionUnit> faulty = new LinkedHashSet<>();

  private SoundParts(List<Span> errors) {
    this.errors = errors;
  }

  static List<HandlerPlan> of(
      List<HandlerPlan> plans, Collection<FunctionUnit> functions, List<Diagnostic> diagnostics) {
    SoundParts parts =
        new SoundParts(
            diagnostics.stream().filter(Diagnostic::isError).map(Diagnostic::span).toList());
    boolean hasChanged = true;
    while (hasChanged) {
      hasChanged = false;
      for (FunctionUnit function : functions) {
        if (!parts.faulty.contains(function) && parts.isFaulty(function)) {
          hasChanged = parts.faulty.add(function);
        }
      }
    }
    return plans.stream().filter(plan -> !parts.isFaulty(plan.unit())).toList();
  }

  private boolean isFaulty(FunctionUnit function) {
    return holdsError(function.declaration().span())
        || function.nextOverload().filter(faulty::contains).isPresent()
        || function.parameters().stream().anyMatch(parameter -> !parameter.type().isKnown())
        || isFaulty(function.unit());
  }

  private boolean isFaulty(Unit unit) {
    if (!unit.erroneous().isEmpty()
        || unit.bodies().stream().map(Statement.Block::span).anyMatch(this::holdsError)) {
      return true;
    }
    Deque<Node> pending = new ArrayDeque<>(unit.bodies());
    unit.condition().ifPresent(pending::push);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      if (node instanceof Expression.Erroneous
          || unit.variable(node).filter(SoundParts::isUntyped).isPresent()
          || (node instanceof Expression.FunctionCall call && callsFaulty(unit, call))) {
        return true;
      }
      Children.of(node).forEach(pending::push);
    }
    return false;
  }

  private boolean callsFaulty(Unit unit, Expression.FunctionCall call) {
    return switch (unit.calls().get(call)) {
      case CallTarget.Script(FunctionUnit function) -> faulty.contains(function);
      case CallTarget.Provided provided -> false;
      case null -> true;
    };
  }

  private static boolean isUntyped(VariableCell cell) {
    return !cell.type().isKnown() || cell.indexes().stream().anyMatch(index -> !index.isKnown());
  }

  @SuppressWarnings("ReferenceEquality") // a source is one text, not equal texts
  private boolean holdsError(Span span) {
    return errors.stream()
        .anyMatch(
            error ->
                error.source() == span.source()
                    && error.start() >= span.start()
                    && error.end() <= span.end());
  }
}
