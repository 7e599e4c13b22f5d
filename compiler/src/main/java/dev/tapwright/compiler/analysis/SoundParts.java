package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which handlers of a script with errors are free of them, themselves and in all they call: later
 * stages can check these, so that one mistake does not hide what is wrong elsewhere.
 */
final class SoundParts {
  /** The ends of errors by their starts, in each text; of several at one start the nearest. */
  private final IdentityHashMap<SourceText, NavigableMap<Integer, Integer>> errors =
      new IdentityHashMap<>();

  private SoundParts(List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.isError()) {
        Span span = diagnostic.span();
        errors
            .computeIfAbsent(span.source(), key -> new TreeMap<>())
            .merge(span.start(), span.end(), Math::min);
      }
    }
  }

  static List<HandlerPlan> of(
      List<HandlerPlan> plans, Collection<FunctionUnit> functions, List<Diagnostic> diagnostics) {
    SoundParts parts = new SoundParts(diagnostics);
    Set<FunctionUnit> faulty =
        new Callers(functions).reaching(functions.stream().filter(parts::isFaulty).toList());
    return plans.stream()
        .filter(
            plan ->
                !parts.isFaulty(plan.unit())
                    && plan.unit().usage().called().stream().noneMatch(faulty::contains))
        .toList();
  }

  private boolean isFaulty(FunctionUnit function) {
    return holdsError(function.declaration().span())
        || function.parameters().stream().anyMatch(parameter -> !parameter.type().isKnown())
        || isFaulty(function.unit());
  }

  private boolean isFaulty(Unit unit) {
    return !unit.erroneous().isEmpty()
        || unit.bodies().stream().map(Statement.Block::span).anyMatch(this::holdsError)
        || unit.bodies().stream().anyMatch(body -> holdsFault(body, unit))
        || unit.condition().filter(condition -> holdsFault(condition, unit)).isPresent();
  }

  private static boolean holdsFault(Node node, Unit unit) {
    return node instanceof Expression.Erroneous
        || unit.variable(node).filter(SoundParts::isUntyped).isPresent()
        || (node instanceof Expression.FunctionCall call && !unit.calls().containsKey(call))
        || Children.any(node, child -> holdsFault(child, unit));
  }

  private static boolean isUntyped(VariableCell cell) {
    return !cell.type().isKnown() || cell.indexes().stream().anyMatch(index -> !index.isKnown());
  }

  private boolean holdsError(Span span) {
    NavigableMap<Integer, Integer> there = errors.get(span.source());
    return there != null
        && there.subMap(span.start(), true, span.end(), true).values().stream()
            .anyMatch(end -> end <= span.end());
  }
}
