package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code foreach} over the buckets of a histogram.
 *
 * @param key of the statistic
 * @param index what is set to each bucket's place, from 0
 * @param value what is set to its count
 * @param order what buckets are sorted by, their places or their counts
 */
public record ForeachBucket(
    int global,
    List<Code> key,
    int shape,
    Target index,
    Optional<Target> value,
    Optional<Foreach.Order> order,
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
    List<Integer> buckets = buckets(counts);
    for (int i = 0; i < counts.length && i < turns; i++) {
      execution.spend(place);
      int bucket = buckets.get(i);
      index.store(activation, new LongValue(bucket));
      if (value.isPresent()) {
        value.get().store(activation, new LongValue(counts[bucket]));
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

  /** The buckets' places in the order of the loop; of equal counts the lower place goes first. */
  private List<Integer> buckets(long[] counts) {
    Stream<Integer> places = IntStream.range(0, counts.length).boxed();
    if (order.isEmpty()) {
      return places.toList();
    }
    Comparator<Integer> comparator =
        order.get().key() < 0
            ? Comparator.comparingLong(bucket -> counts[bucket])
            : Comparator.naturalOrder();
    return places.sorted(order.get().isDescending() ? comparator.reversed() : comparator).toList();
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
