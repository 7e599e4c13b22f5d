package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import java.util.List;
import java.util.Optional;

/** A statement. */
public sealed interface Statement extends Node {
  /** {@code { … }}. */
  record Block(Span span, List<Statement> statements) implements Statement, FunctionBody {
    /** Copies the list. */
    public Block {
      statements = List.copyOf(statements);
    }
  }

  /** A lone {@code ;}. */
  record Empty(Span span) implements Statement {}

  /** An expression evaluated for its effect. */
  record Evaluation(Span span, Expression expression) implements Statement {}

  /** {@code if (…) … else …}. */
  record If(Span span, Expression condition, Statement then, Optional<Statement> otherwise)
      implements Statement {}

  /** {@code while (…) …}. */
  record While(Span span, Expression condition, Statement body) implements Statement {}

  /** {@code for (…; …; …) …}. A missing condition holds always. */
  record For(
      Span span,
      Optional<Expression> initialization,
      Optional<Expression> condition,
      Optional<Expression> step,
      Statement body)
      implements Statement {}

  /**
   * {@code foreach (value = [k1, k2-] in array[slice] @count - limit n) …}.
   *
   * @param value the variable that is set to the element's value
   * @param keys the variables that are set to its keys, at least one
   * @param array what is walked: an {@link Expression.Symbol} or a histogram
   * @param slice only elements whose keys match; empty when there is no slice
   * @param aggregate which figure of a statistic to sort by, when the array itself has a sort mark
   * @param sort the sort mark behind the array: sort by value
   * @param limit at most so many turns
   */
  record Foreach(
      Span span,
      Optional<LoopVariable> value,
      List<LoopVariable> keys,
      Expression array,
      List<IndexElement> slice,
      Optional<StatisticOperator> aggregate,
      SortDirection sort,
      Optional<Expression> limit,
      Statement body)
      implements Statement {
    /** Copies the lists. */
    public Foreach {
      keys = List.copyOf(keys);
      slice = List.copyOf(slice);
    }
  }

  /** {@code try { … } catch (message) { … }}. */
  record Try(Span span, Block body, Optional<Identifier> message, Block handler)
      implements Statement {}

  /** {@code return …}. */
  record Return(Span span, Optional<Expression> value) implements Statement {}

  /** {@code delete a[i]}, or of a whole variable. */
  record Delete(Span span, Expression target) implements Statement {}

  /** {@code next}: ends the handler, or tries the next function of the name. */
  record Next(Span span) implements Statement {}

  /** {@code break}. */
  record Break(Span span) implements Statement {}

  /** {@code continue}. */
  record Continue(Span span) implements Statement {}
}
