package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Leaves out what has no effect, as SystemTap does before it looks at types: assignments to locals
 * that nothing reads, and expressions whose value nothing uses. A unit with errors is left alone.
 */
final class Elision extends TreeRewriter {
  private final Unit unit;
  private final Purity purity;
  private final Reports reports;
  private final Predicate<Span> isLibrary;

  /**
   * Values that were assigned to what has been left out: no second warning when they go as well.
   */
  private final Set<Expression> leftovers;

  private Elision(
      Unit unit,
      Purity purity,
      Reports reports,
      Predicate<Span> isLibrary,
      Set<Expression> leftovers) {
    this.unit = unit;
    this.purity = purity;
    this.reports = reports;
    this.isLibrary = isLibrary;
    this.leftovers = leftovers;
  }

  /**
   * Rewrites the bodies of units until nothing more can be left out.
   *
   * @param isLibrary whether a place is in a library file, where nobody is warned
   */
  static void apply(
      Collection<Unit> units,
      Collection<FunctionUnit> functions,
      Reports reports,
      Predicate<Span> isLibrary) {
    Set<Expression> leftovers = Collections.newSetFromMap(new IdentityHashMap<>());
    Purity purity = Purity.of(functions);
    Collection<Unit> pending = units;
    while (!pending.isEmpty()) {
      Set<Unit> changed = new LinkedHashSet<>();
      for (Unit unit : pending) {
        if (unit.erroneous().isEmpty()
            && new Elision(unit, purity, reports, isLibrary, leftovers).rewrite()) {
          changed.add(unit);
        }
      }
      Purity next = changed.isEmpty() ? purity : Purity.of(functions);
      pending = next.impure().equals(purity.impure()) ? changed : units;
      purity = next;
    }
  }

  @SuppressWarnings("ReferenceEquality") // identity tells whether something was rewritten
  private boolean rewrite() {
    List<Statement.Block> rewritten = new ArrayList<>();
    boolean hasChanged = false;
    for (Statement.Block body : unit.bodies()) {
      Statement.Block result = block(body);
      hasChanged |= result != body;
      rewritten.add(result);
    }
    if (hasChanged) {
      unit.setBodies(rewritten);
    }
    return hasChanged;
  }

  @Override
  void copied(Expression.FunctionCall from, Expression.FunctionCall to) {
    CallTarget target = unit.calls().get(from);
    if (target != null) {
      unit.calls().put(to, target);
    }
  }

  @Override
  Statement statement(Statement statement) {
    Statement rewritten = super.statement(statement);
    if (rewritten instanceof Statement.Evaluation(Span span, Expression expression)
        && purity.isPure(expression, unit)) {
      if (!leftovers.contains(expression) && !isLibrary.test(expression.span())) {
        reports.warning(
            AnalysisCodes.NO_EFFECT, place(expression), "Eliding side-effect-free expression ");
      }
      return new Statement.Empty(span);
    }
    if (rewritten instanceof Statement.If branch
        && isEmpty(branch.then())
        && branch.otherwise().filter(otherwise -> !isEmpty(otherwise)).isEmpty()) {
      leftovers.add(branch.condition());
      return purity.isPure(branch.condition(), unit)
          ? new Statement.Empty(branch.span())
          : new Statement.Evaluation(branch.span(), branch.condition());
    }
    if (rewritten instanceof Statement.Foreach loop
        && isEmpty(loop.body())
        && loop.limit().filter(limit -> !purity.isPure(limit, unit)).isEmpty()) {
      return new Statement.Empty(loop.span());
    }
    return rewritten;
  }

  @Override
  Expression expression(Expression expression) {
    Expression rewritten = super.expression(expression);
    if (rewritten instanceof Expression.Assignment assignment
        && assignment.operator() == AssignmentOperator.ASSIGN
        && assignment.target() instanceof Expression.Symbol symbol
        && unit.variable(symbol)
            .filter(cell -> !cell.isGlobal() && !unit.usage().reads(cell))
            .isPresent()) {
      if (!isLibrary.test(assignment.span()) && !EntryValues.isOne(symbol.name())) {
        reports.warning(
            AnalysisCodes.UNUSED_ASSIGNMENT,
            assignment.operatorSpan(),
            "Eliding assignment to '%s'".formatted(symbol.name()));
      }
      leftovers.add(assignment.value());
      return assignment.value();
    }
    return rewritten;
  }

  /** SystemTap points at the operator, except where a name comes first. */
  private static Span place(Expression expression) {
    return Places.of(expression);
  }

  static boolean isEmpty(Statement statement) {
    return switch (statement) {
      case Statement.Empty empty -> true;
      case Statement.Block block -> block.statements().stream().allMatch(Elision::isEmpty);
      default -> false;
    };
  }
}
