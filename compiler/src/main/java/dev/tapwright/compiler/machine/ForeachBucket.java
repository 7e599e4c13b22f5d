package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import java.util.List;
import java.util.Optional;

/**
 * {@code foreach} over the buckets of a histogram.
 *
 * @param key of the statistic
 * @param index what is set to each bucket's place, from 0
 * @param value what is set to its count
 */
public record ForeachBucket(
    int global,
    List<Code> key,
    int shape,
    Target index,
    Optional<Target> value,
    Optional<NumberCode> limit,
    StatementCode body,
    int place)
    implements StatementCode {
  /** Copies the list. */
  public ForeachBucket {
    key = List.copyOf(key);
  }

  @Override
  public Completion execute(Activation activation) {
    Execution execution = activation.execution();
    execution.spend(place);
    long turns = limit.isPresent() ? limit.get().evaluate(activation) : Long.MAX_VALUE;
    Optional<Statistic> statistic = execution.statistic(global, activation.values(key));
    long[] counts =
        statistic.isPresent()
            ? statistic.get().histogram(shape).clone()
            : new long[execution.shape(global, shape).buckets()];
    for (int i = 0; i < counts.length && i < turns; i++) {
      execution.spend(place);
      index.store(activation, new LongValue(i));
      if (value.isPresent()) {
        value.get().store(activation, new LongValue(counts[i]));
      }
      Completion completion = body.execute(activation);
      if (completion == Completion.BREAK) {
        break;
      }
      if (completion == Completion.RETURN || completion == Completion.NEXT) {
        return completion;
      }
    }
    return Completion.NORMAL;
  }

  @Override
  public void check(ProgramCheck check) {
    check.statistic(global, key);
    check.shape(global, shape);
    index.check(check, Type.LONG);
    if (value.isPresent()) {
      value.get().check(check, Type.LONG);
    }
    if (limit.isPresent()) {
      limit.get().check(check);
    }
    body.check(check);
  }
}
