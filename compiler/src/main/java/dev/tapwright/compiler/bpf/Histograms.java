package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.StatisticLayout.Buckets;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.machine.HistogramShape;
import dev.tapwright.compiler.machine.StatisticUses;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * {@code @hist_log(s)} and {@code @hist_linear(s, …)}: a bucket, all of them in a loop, or in an
 * event, from which the run time draws them.
 */
final class Histograms {
  private static final Operand ZERO = new Constant(0);

  /** Buckets that are added up at a time. */
  private static final int AT_A_TIME = 32;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Histograms(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** A histogram of a statistic. */
  private record Found(Arrays.Key key, HistogramShape shape, Buckets buckets) {}

  private Optional<Found> find(Expression.Histogram histogram) {
    Optional<Arrays.Key> found = handler.figures.key(histogram.operand(), histogram.span());
    Optional<HistogramShape> shape = shape(histogram);
    if (found.isEmpty()
        || shape.isEmpty()
        || !(found.get().storage().value() instanceof Field.Statistic(StatisticLayout layout, _))) {
      return Optional.empty();
    }
    int place =
        handler
            .tables
            .statistics()
            .of(found.get().storage().global())
            .histograms()
            .indexOf(shape.get());
    return Optional.of(new Found(found.get(), shape.get(), layout.histograms().get(place)));
  }

  private Optional<HistogramShape> shape(Expression.Histogram histogram) {
    Optional<HistogramShape> shape = HistogramShape.of(histogram);
    if (shape.isEmpty()) {
      handler.tables.report(StatisticUses.badShape(histogram));
    }
    return shape;
  }

  /**
   * The bucket that is next in order of counts, of equal ones the lower; notes that the loop had
   * it.
   *
   * @param had a byte for each bucket, 1 for those that the loop had
   */
  private Operand next(
      Address.Behind sums, Address.Behind had, int buckets, SortDirection direction) {
    int room = Integer.highestOneBit(2 * buckets - 1);
    Virtual best = code.fresh();
    Virtual most = code.fresh();
    Virtual bucket = code.fresh();
    int after = code.newBlock();
    code.copy(best, new Constant(-1));
    code.copy(most, ZERO);
    code.copy(bucket, ZERO);
    handler.loops.counted(
        buckets + 1L,
        after,
        () -> {
          int more = code.newBlock();
          int open = code.newBlock();
          int later = code.newBlock();
          int better = code.newBlock();
          int turn = code.newBlock();
          code.branch(Comparison.LESS, bucket, new Constant(buckets), more, after);
          code.start(more);
          Operand isDone = code.load(Size.BYTE, mark(had, bucket, room));
          handler.branchNotZero(isDone, turn, open);
          code.start(open);
          Operand found = code.load(Size.DOUBLE, word(sums.pointer(), sums.offset(), bucket, room));
          code.branch(Comparison.LESS, best, ZERO, better, later);
          code.start(later);
          code.branch(
              direction == SortDirection.DESCENDING ? Comparison.GREATER : Comparison.LESS,
              found,
              most,
              better,
              turn);
          code.start(better);
          code.copy(best, bucket);
          code.copy(most, found);
          code.jump(turn);
          code.start(turn);
          code.copy(bucket, code.compute(Operation.ADD, bucket, new Constant(1)));
        });
    code.store(Size.BYTE, mark(had, best, room), new Constant(1));
    return best;
  }

  private Address.Behind mark(Address.Behind had, Operand bucket, int room) {
    return Texts.at(code, had, code.compute(Operation.AND, bucket, new Constant(room - 1L)));
  }

  private Operand index(List<IndexElement> indexes, Span span) {
    if (indexes.size() == 1 && indexes.getFirst() instanceof Expression index) {
      return handler.numbers.number(index);
    }
    handler.tables.report(Numbers.notSupported(span, "more than one index of a histogram"));
    return ZERO;
  }

  /** {@code @hist_log(a[key])[index]}: how many values fell into a bucket. */
  Operand bucket(Expression.ArrayElement element, Expression.Histogram histogram) {
    Optional<Found> found = find(histogram);
    Operand index = index(element.indexes(), element.span());
    if (found.isEmpty()) {
      return ZERO;
    }
    HistogramShape shape = found.get().shape();
    Buckets buckets = found.get().buckets();
    code.at(element.span());
    int inside = code.newBlock();
    code.branch(
        Comparison.LESS_UNSIGNED,
        index,
        new Constant(shape.buckets()),
        inside,
        handler.faults.block(
            "histogram index out of range",
            "operator '" + (shape.isLinear() ? "@hist_linear" : "@hist_log") + "'",
            histogram.span()));
    code.start(inside);
    Virtual sum = code.fresh();
    code.copy(sum, ZERO);
    handler.figures.everyPart(
        found.get().key(),
        part -> {
          Address.Behind place = word(part, buckets.offset(), index, buckets.count());
          code.copy(sum, code.compute(Operation.ADD, sum, code.load(Size.DOUBLE, place)));
        });
    return sum;
  }

  /** A number of several in a row: the verifier is told each time that it is within. */
  private Address.Behind word(Virtual base, int offset, Operand index, int count) {
    Operand within = code.compute(Operation.AND, index, new Constant(count - 1L));
    return behind(base, offset, code.compute(Operation.SHIFT_LEFT, within, new Constant(3)));
  }

  private Address.Behind behind(Virtual base, int offset, Operand bytes) {
    Virtual place = code.fresh();
    code.copy(place, code.compute(Operation.ADD, base, bytes));
    return new Address.Behind(place, offset);
  }

  /** {@code index in @hist_log(a[key])}. */
  void contains(
      Expression.Membership membership, Expression.Histogram histogram, int ifTrue, int ifFalse) {
    Optional<HistogramShape> shape = shape(histogram);
    Operand index = index(membership.indexes(), membership.span());
    code.at(membership.span());
    code.branch(
        Comparison.LESS_UNSIGNED,
        index,
        new Constant(shape.map(HistogramShape::buckets).orElse(0)),
        ifTrue,
        ifFalse);
  }

  /** {@code print(@hist_log(a[key]))}: an event with all buckets. */
  void print(Expression.Print print, Expression.Histogram histogram) {
    if (print.arguments().size() > 1 || print.form() != Expression.PrintForm.PLAIN) {
      handler.tables.report(
          Numbers.notSupported(histogram.span(), "a histogram printed with other values"));
      return;
    }
    Memory.Mark mark = handler.memory.mark();
    find(histogram)
        .ifPresent(
            found -> {
              EventFormat.Histogram format =
                  new EventFormat.Histogram(found.shape(), print.newline());
              code.at(print.span());
              Address.Behind record = handler.memory.scratch.allocate(Events.HEADER + bytes(found));
              addUp(found, record.plus(Events.HEADER));
              handler.events.send(
                  format, record, Events.HEADER + found.shape().buckets() * Long.BYTES);
            });
    handler.memory.release(mark);
  }

  private static int bytes(Found found) {
    return Math.max(found.buckets().count(), found.shape().buckets()) * Long.BYTES;
  }

  /** Writes the sums of all parts' buckets to a place of {@link #bytes}. */
  private void addUp(Found found, Address.Behind sums) {
    Buckets buckets = found.buckets();
    code.call(
        Helper.PROBE_READ_KERNEL,
        handler.memory.argument(sums),
        new Argument.Value(new Constant(bytes(found))),
        handler.memory.argument(handler.data.zeros(bytes(found))));
    int together = Math.min(AT_A_TIME, buckets.count());
    handler.figures.everyPart(
        found.key(),
        buckets.count() / together,
        (part, round) -> {
          Operand first =
              code.compute(
                  Operation.SHIFT_LEFT,
                  round,
                  new Constant(Integer.numberOfTrailingZeros(together * Long.BYTES)));
          Address.Behind from = behind(part, buckets.offset(), first);
          Address.Behind to = behind(sums.pointer(), sums.offset(), first);
          for (int i = 0; i < together; i++) {
            int offset = i * Long.BYTES;
            code.store(
                Size.DOUBLE,
                to.plus(offset),
                code.compute(
                    Operation.ADD,
                    code.load(Size.DOUBLE, to.plus(offset)),
                    code.load(Size.DOUBLE, from.plus(offset))));
          }
        });
  }

  /** {@code foreach (count = bucket in @hist_log(a[key]))}. */
  void repeat(Statement.Foreach loop, Expression.Histogram histogram) {
    Span keyword = Statements.keyword(loop.span(), "foreach");
    Optional<Operand> limit = loop.limit().map(handler.numbers::number);
    Optional<Found> found = find(histogram);
    if (found.isEmpty()) {
      return;
    }
    int buckets = found.get().shape().buckets();
    int room = Integer.highestOneBit(2 * buckets - 1);
    code.at(keyword);
    Address.Behind sums =
        handler.memory.scratch.allocate(Math.max(bytes(found.get()), room * Long.BYTES));
    addUp(found.get(), sums);
    Virtual count = code.fresh();
    code.copy(count, new Constant(buckets));
    limit.ifPresent(most -> handler.arrayLoops.atMost(count, most));
    SortDirection byKey = loop.keys().getFirst().sort();
    boolean isByCount =
        byKey == SortDirection.NONE && LoopOrder.byValue(loop) != SortDirection.NONE;
    Address.Behind had = handler.memory.scratch.allocate(isByCount ? room : 0);
    handler.texts.clear(had, isByCount ? room : 0);
    Virtual index = code.fresh();
    code.copy(index, ZERO);
    handler.loops.turns(
        keyword,
        loop.body(),
        after -> {
          int more = code.newBlock();
          code.branch(Comparison.LESS, index, count, more, after);
          code.start(more);
          Operand bucket =
              isByCount
                  ? next(sums, had, buckets, LoopOrder.byValue(loop))
                  : byKey == SortDirection.DESCENDING
                      ? code.compute(Operation.SUBTRACT, new Constant(buckets - 1L), index)
                      : index;
          loop.value()
              .ifPresent(
                  value ->
                      handler.arrayLoops.set(
                          value,
                          code.load(
                              Size.DOUBLE, word(sums.pointer(), sums.offset(), bucket, room))));
          handler.arrayLoops.set(loop.keys().getFirst(), bucket);
          code.at(keyword);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
  }
}
