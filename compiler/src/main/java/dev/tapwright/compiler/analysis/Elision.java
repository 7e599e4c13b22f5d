package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Leaves out what has no effect, as SystemTap does before it looks at types: assignments to locals
 * that nothing reads, and expressions whose value nothing uses. A unit with errors is left alone.
 */
@SuppressWarnings("ReferenceEquality") // identity tells whether something was rewritten
final class Elision extends UnitRewriter {
  private final Purity purity;
  private final UnreadLocals unread;
  private final List<Finding> findings;
  private final Predicate<Span> isLibrary;

  /**
   * Values that were assigned to what has been left out: no second warning when they go as well.
   */
  private final Set<Expression> leftovers;

  /** Blocks that stand for one statement: in a block, their statements take its place. */
  private final Set<Statement> sequences = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * A warning.
   *
   * @param distance in which of SystemTap's rounds over all units it comes
   */
  private record Finding(int distance, Diagnostic diagnostic) {}

  private Elision(
      Unit unit,
      Purity purity,
      List<Finding> findings,
      Predicate<Span> isLibrary,
      Set<Expression> leftovers) {
    super(unit);
    this.purity = purity;
    this.unread = UnreadLocals.in(unit, purity);
    this.findings = findings;
    this.isLibrary = isLibrary;
    this.leftovers = leftovers;
  }

  /**
   * Rewrites the bodies of units until nothing more can be left out.
   *
   * @param isLibrary whether a place is in a library file, where nobody is warned
   * @return whether anything was left out
   */
  static boolean apply(
      Collection<Unit> units,
      Collection<FunctionUnit> functions,
      Reports reports,
      Predicate<Span> isLibrary) {
    Set<Expression> leftovers = Collections.newSetFromMap(new IdentityHashMap<>());
    Purity purity = Purity.of(functions);
    boolean isAnything = false;
    Collection<Unit> pending = units;
    while (!pending.isEmpty()) {
      Set<Unit> changed = new LinkedHashSet<>();
      List<Finding> findings = new ArrayList<>();
      for (Unit unit : pending) {
        if (unit.erroneous().isEmpty()
            && new Elision(unit, purity, findings, isLibrary, leftovers).rewrite()) {
          changed.add(unit);
        }
      }
      findings.sort(Comparator.comparingInt(Finding::distance));
      findings.forEach(finding -> reports.add(finding.diagnostic()));
      Purity next = changed.isEmpty() ? purity : Purity.of(functions);
      pending = next.impure().equals(purity.impure()) ? changed : units;
      purity = next;
      isAnything |= !changed.isEmpty();
    }
    return isAnything;
  }

  @Override
  Statement statement(Statement statement) {
    Statement rewritten = super.statement(statement);
    if (rewritten instanceof Statement.Evaluation(Span span, Expression expression)
        && purity.isPure(expression, unit)) {
      if (!leftovers.contains(expression) && !isLibrary.test(expression.span())) {
        findings.add(
            new Finding(
                0,
                Diagnostic.warning(
                    AnalysisCodes.NO_EFFECT,
                    rewritten.span(),
                    "Eliding side-effect-free expression ")));
      }
      return new Statement.Empty(span);
    }
    if (rewritten instanceof Statement.Evaluation(Span span, Expression expression)) {
      Statement effect = effect(span, expression);
      return effect instanceof Statement.Evaluation(Span _, Expression whole) && whole == expression
          ? rewritten
          : effect;
    }
    if (rewritten instanceof Statement.Block block
        && block.statements().stream().anyMatch(sequences::contains)) {
      return new Statement.Block(
          block.span(),
          block.statements().stream().flatMap(part -> parted(part).stream()).toList());
    }
    if (rewritten instanceof Statement.Try attempt && isEmpty(attempt.body())) {
      return new Statement.Empty(attempt.span());
    }
    if (rewritten instanceof Statement.Try attempt
        && attempt.message().isPresent()
        && unit.variable(attempt.message().get())
            .filter(cell -> cell.isGlobal() || unit.usage().reads(cell))
            .isEmpty()) {
      return new Statement.Try(attempt.span(), attempt.body(), Optional.empty(), attempt.handler());
    }
    if (rewritten instanceof Statement.While loop
        && isEmpty(loop.body())
        && purity.isPure(loop.condition(), unit)) {
      return new Statement.Empty(loop.span());
    }
    if (rewritten instanceof Statement.If branch
        && isEmpty(branch.then())
        && branch.otherwise().filter(otherwise -> !isEmpty(otherwise)).isEmpty()) {
      leftovers.add(branch.condition());
      return purity.isPure(branch.condition(), unit)
          ? new Statement.Empty(branch.span())
          : new Statement.Evaluation(branch.span(), branch.condition());
    }
    // As SystemTap does, whatever its limit does.
    if (rewritten instanceof Statement.Foreach loop && isEmpty(loop.body())) {
      return new Statement.Empty(loop.span());
    }
    return rewritten;
  }

  /** Of an expression whose value nothing needs, the part that has an effect. */
  private Statement effect(Span span, Expression expression) {
    return switch (expression) {
      case Expression.Unary unary -> effect(span, unary.operand());
      case Expression.RegexMatch match -> effect(span, match.subject());
      case Expression.Binary binary
          when binary.operator() == BinaryOperator.LOGICAL_AND
              && !purity.isPure(binary.right(), unit) ->
          new Statement.If(span, binary.left(), effect(span, binary.right()), Optional.empty());
      case Expression.Binary binary
          when binary.operator() == BinaryOperator.LOGICAL_OR
              && !purity.isPure(binary.right(), unit) ->
          new Statement.If(
              span,
              new Expression.Unary(binary.left().span(), UnaryOperator.NOT, binary.left()),
              effect(span, binary.right()),
              Optional.empty());
      case Expression.Binary binary -> sequence(span, List.of(binary.left(), binary.right()));
      case Expression.Conditional choice when purity.isPure(choice.then(), unit) ->
          new Statement.If(
              span,
              new Expression.Unary(
                  choice.condition().span(), UnaryOperator.NOT, choice.condition()),
              effect(span, choice.otherwise()),
              Optional.empty());
      case Expression.Conditional choice ->
          new Statement.If(
              span,
              choice.condition(),
              effect(span, choice.then()),
              purity.isPure(choice.otherwise(), unit)
                  ? Optional.empty()
                  : Optional.of(effect(span, choice.otherwise())));
      case Expression.Print print when print.asString() -> sequence(span, print.arguments());
      default -> new Statement.Evaluation(span, expression);
    };
  }

  /** The parts that have an effect, one behind the other. */
  private Statement sequence(Span span, List<Expression> parts) {
    List<Statement> effects =
        parts.stream()
            .filter(part -> !purity.isPure(part, unit))
            .map(part -> effect(span, part))
            .flatMap(effect -> parted(effect).stream())
            .toList();
    if (effects.size() == 1) {
      return effects.getFirst();
    }
    Statement.Block sequence = new Statement.Block(span, effects);
    sequences.add(sequence);
    return sequence;
  }

  /** The statements of a sequence; another statement alone. */
  private List<Statement> parted(Statement statement) {
    return sequences.contains(statement)
        ? ((Statement.Block) statement).statements()
        : List.of(statement);
  }

  @Override
  Expression expression(Expression expression) {
    Expression rewritten = super.expression(expression);
    if (rewritten instanceof Expression.Assignment assignment
        && assignment.operator().operation().isEmpty()
        && assignment.target() instanceof Expression.Symbol symbol) {
      OptionalInt distance =
          unit.variable(symbol).map(unread::distance).orElse(OptionalInt.empty());
      if (distance.isPresent()) {
        if (!isLibrary.test(assignment.span())
            && !EntryValues.isOne(symbol.name())
            && !PrintOperands.isOne(symbol.name())) {
          findings.add(
              new Finding(
                  distance.getAsInt(),
                  Diagnostic.warning(
                      AnalysisCodes.UNUSED_ASSIGNMENT,
                      assignment.operatorSpan(),
                      "Eliding assignment to '%s'".formatted(symbol.name()))));
        }
        leftovers.add(assignment.value());
        return assignment.value();
      }
    }
    return rewritten;
  }

  static boolean isEmpty(Statement statement) {
    return switch (statement) {
      case Statement.Empty empty -> true;
      case Statement.Block block -> block.statements().stream().allMatch(Elision::isEmpty);
      default -> false;
    };
  }
}
