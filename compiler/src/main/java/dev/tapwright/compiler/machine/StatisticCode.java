package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.List;
import java.util.Optional;

/**
 * An expression about a global statistic, or one in an array of them; the key of a scalar has no
 * parts.
 */
public sealed interface StatisticCode extends NumberCode {
  /** {@code a[key] <<< value}. Its value is the one that was added. */
  record Add(int global, List<Code> key, NumberCode value, int place) implements StatisticCode {
    /** Copies the list. */
    public Add {
      key = List.copyOf(key);
    }

    @Override
    public long evaluate(Activation activation) {
      var values = activation.values(key);
      long added = value.evaluate(activation);
      activation.execution().add(global, values, added, place);
      return added;
    }

    @Override
    public void check(ProgramCheck check) {
      check.statistic(global, key);
      value.check(check);
    }
  }

  /** {@code @count(a[key])} and its kin. Without values there are no figures but count and sum. */
  record Figure(StatisticOperator operator, int global, List<Code> key, int place)
      implements StatisticCode {
    /** Copies the list. */
    public Figure {
      key = List.copyOf(key);
    }

    @Override
    public long evaluate(Activation activation) {
      Optional<Statistic> statistic =
          activation.execution().statistic(global, activation.values(key));
      if (statistic.isPresent()) {
        return statistic.get().figure(operator);
      }
      if (operator == StatisticOperator.COUNT || operator == StatisticOperator.SUM) {
        return 0;
      }
      throw new ScriptFault("empty aggregate", place, true);
    }

    @Override
    public void check(ProgramCheck check) {
      check.statistic(global, key);
    }
  }

  /** {@code @hist_log(a[key])[index]}: how many values fell into a bucket. */
  record Bucket(int global, List<Code> key, int shape, NumberCode index, int place)
      implements StatisticCode {
    /** Copies the list. */
    public Bucket {
      key = List.copyOf(key);
    }

    @Override
    public long evaluate(Activation activation) {
      Execution execution = activation.execution();
      var values = activation.values(key);
      long bucket = index.evaluate(activation);
      if (bucket < 0 || bucket >= execution.shape(global, shape).buckets()) {
        throw new ScriptFault("histogram index out of range", place, true);
      }
      Optional<Statistic> statistic = execution.statistic(global, values);
      return statistic.isPresent() ? statistic.get().histogram(shape)[(int) bucket] : 0;
    }

    @Override
    public void check(ProgramCheck check) {
      check.statistic(global, key);
      check.shape(global, shape);
      index.check(check);
    }
  }

  /** {@code index in @hist_log(a[key])}. */
  record HasBucket(int global, List<Code> key, int shape, NumberCode index)
      implements StatisticCode {
    /** Copies the list. */
    public HasBucket {
      key = List.copyOf(key);
    }

    @Override
    public long evaluate(Activation activation) {
      long bucket = index.evaluate(activation);
      return bucket >= 0 && bucket < activation.execution().shape(global, shape).buckets() ? 1 : 0;
    }

    @Override
    public void check(ProgramCheck check) {
      check.statistic(global, key);
      check.shape(global, shape);
      index.check(check);
    }
  }

  /** {@code print(@hist_log(a[key]))}. Its value is 0. */
  record PrintHistogram(int global, List<Code> key, int shape, boolean newline)
      implements StatisticCode {
    /** Copies the list. */
    public PrintHistogram {
      key = List.copyOf(key);
    }

    @Override
    public long evaluate(Activation activation) {
      Execution execution = activation.execution();
      Optional<Statistic> statistic = execution.statistic(global, activation.values(key));
      if (statistic.isPresent()) {
        execution.print(
            HistogramRenderer.render(
                execution.shape(global, shape), statistic.get().histogram(shape)));
      }
      if (newline) {
        execution.print("\n");
      }
      return 0;
    }

    @Override
    public void check(ProgramCheck check) {
      check.statistic(global, key);
      check.shape(global, shape);
    }
  }
}
