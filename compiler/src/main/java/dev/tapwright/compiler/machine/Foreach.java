package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code foreach}.
 *
 * @param global the array
 * @param value what is set to each element's value
 * @param keys what is set to each part of its key
 * @param slice only elements that match; empty when all do
 * @param order in which they come
 * @param limit at most so many turns
 */
public record Foreach(
    int global,
    Optional<Target> value,
    List<Target> keys,
    List<Code> slice,
    Optional<Order> order,
    Optional<NumberCode> limit,
    StatementCode body,
    int place)
    implements StatementCode {
  /** Copies the lists. */
  public Foreach {
    keys = List.copyOf(keys);
    slice = List.copyOf(slice);
  }

  /**
   * A sorted loop.
   *
   * @param key the part of the key to sort by; -1 to sort by value
   * @param figure of a statistic to sort by
   */
  public record Order(int key, StatisticOperator figure, boolean isDescending) {}

  /** An element: what it is sorted by is its value, or a figure of its statistic. */
  private record Turn(List<Value> key, Value value) {}

  @Override
  public Completion execute(Activation activation) {
    Execution execution = activation.execution();
    execution.spend(place);
    long turns = limit.isPresent() ? limit.get().evaluate(activation) : Long.MAX_VALUE;
    for (Turn turn : turns(activation)) {
      if (turns-- <= 0) {
        break;
      }
      execution.spend(place);
      for (int i = 0; i < keys.size(); i++) {
        keys.get(i).store(activation, turn.key.get(i));
      }
      if (value.isPresent()) {
        value.get().store(activation, turn.value);
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

  /** The elements as they are now, so that the body may change the array. */
  private List<Turn> turns(Activation activation) {
    List<Turn> turns = elements(activation.execution());
    if (!slice.isEmpty()) {
      KeyPattern pattern = KeyPattern.of(activation, slice);
      List<Turn> matching = new ArrayList<>();
      for (Turn turn : turns) {
        if (pattern.matches(turn.key)) {
          matching.add(turn);
        }
      }
      turns = matching;
    }
    if (order.isPresent()) {
      turns.sort(comparator(order.get()));
    }
    return turns;
  }

  private static Comparator<Turn> comparator(Order order) {
    // Not a lambda: see NumberCode.
    return new Comparator<>() {
      @Override
      public int compare(Turn left, Turn right) {
        Turn first = order.isDescending() ? right : left;
        Turn second = order.isDescending() ? left : right;
        return order.key() < 0
            ? first.value.compareTo(second.value)
            : first.key.get(order.key()).compareTo(second.key.get(order.key()));
      }
    };
  }

  private List<Turn> elements(Execution execution) {
    List<Turn> turns = new ArrayList<>();
    if (execution.isStatistics(global)) {
      StatisticOperator figure = order.isPresent() ? order.get().figure() : StatisticOperator.COUNT;
      for (Map.Entry<List<Value>, Statistic> element : execution.statistics(global).entrySet()) {
        turns.add(new Turn(element.getKey(), new LongValue(element.getValue().figure(figure))));
      }
    } else {
      for (Map.Entry<List<Value>, Value> element : execution.elements(global).entrySet()) {
        turns.add(new Turn(element.getKey(), element.getValue()));
      }
    }
    return turns;
  }

  @Override
  public void check(ProgramCheck check) {
    GlobalDefinition array = check.global(global);
    check.array(array, keys.size());
    if (!slice.isEmpty()) {
      check.pattern(global, slice);
    }
    for (int i = 0; i < keys.size(); i++) {
      keys.get(i).check(check, array.keys().get(i));
    }
    if (value.isPresent()) {
      value.get().check(check, array.type() == Type.STATISTICS ? Type.LONG : array.type());
    }
    if (order.isPresent() && order.get().key() >= keys.size()) {
      throw check.refuse("a loop sorted by a part that the key does not have");
    }
    if (limit.isPresent()) {
      limit.get().check(check);
    }
    body.check(check);
  }
}
