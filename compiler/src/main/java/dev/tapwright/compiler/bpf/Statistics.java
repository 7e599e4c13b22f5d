package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.StatisticLayout.Buckets;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.machine.HistogramShape;
import dev.tapwright.compiler.machine.StatisticUses;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/**
 * {@code <<<}: each processor adds to its own part of a statistic, a {@link StatisticLayout}.
 *
 * <p>A handler may be interrupted on its processor by another, or by itself: the kernel keeps a raw
 * tracepoint's handler from running within itself only since 6.1, never from running within a
 * function probe's, and handlers of user functions can be preempted. So counts are added to
 * atomically, which on memory that no other processor uses costs little. A minimum or maximum is
 * exchanged; before 5.12, which brought that, there are two copies of it, which are compared and
 * stored one after the other: an interruption right before one is stored is lost there, but has
 * found the other as it should be. A mean cannot be had by one operation: whoever finds it being
 * changed uses another.
 */
final class Statistics {
  /** One to store, and one to put back what an interruption stored right before it. */
  private static final int EXCHANGES = 2;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Statistics(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** {@code <<<}; its value is the one that was added. */
  Operand add(Expression.Assignment assignment) {
    Optional<Arrays.Key> found = handler.arrays.statistic(assignment.target());
    Operand value = handler.numbers.number(assignment.value());
    if (found.isEmpty()
        || !(found.get().storage().value() instanceof Field.Statistic(StatisticLayout layout, _))) {
      return value;
    }
    code.at(assignment.span());
    Address.Behind part = handler.arrays.place(found.get());
    code.atomicAdd(part.plus(StatisticLayout.COUNT), new Constant(1));
    layout.sum().ifPresent(offset -> code.atomicAdd(part.plus(offset), value));
    layout
        .minimum()
        .ifPresent(
            offset ->
                raise(
                    part.plus(offset),
                    layout.copies(),
                    code.compute(Operation.SUBTRACT, new Constant(Long.MAX_VALUE), value)));
    layout
        .maximum()
        .ifPresent(
            offset ->
                raise(
                    part.plus(offset),
                    layout.copies(),
                    code.compute(Operation.SUBTRACT, value, new Constant(Long.MIN_VALUE))));
    StatisticUses.Use use = handler.tables.statistics().of(found.get().storage().global());
    for (int i = 0; i < layout.histograms().size(); i++) {
      Buckets buckets = layout.histograms().get(i);
      Operand offset = bucket(use.histograms().get(i), buckets, value);
      Operand place = code.compute(Operation.ADD, part.pointer(), offset);
      if (place instanceof Virtual pointer) {
        code.atomicAdd(new Address.Behind(pointer, buckets.offset()), new Constant(1));
      }
    }
    layout.spreads().ifPresent(offset -> spread(part.plus(offset), value, use.varianceShift()));
    return value;
  }

  /** Makes the copies of a number in memory at least as great as another, unsigned. */
  private void raise(Address.Behind place, int copies, Operand least) {
    for (int i = 0; i < copies; i++) {
      raise(place.plus(i * Long.BYTES), least);
    }
  }

  private void raise(Address.Behind place, Operand least) {
    int done = code.newBlock();
    Virtual greatest = code.fresh();
    code.copy(greatest, least);
    for (int i = 0; i < EXCHANGES; i++) {
      int higher = code.newBlock();
      code.branch(
          Comparison.GREATER_UNSIGNED, greatest, code.load(Size.DOUBLE, place), higher, done);
      code.start(higher);
      if (!handler.tables.profile().has(KernelFeature.ATOMIC_FETCH)) {
        code.store(Size.DOUBLE, place, greatest);
        break;
      }
      Virtual before = code.fresh();
      code.add(new Step.Atomic(AtomicOperation.EXCHANGE, place, greatest, Optional.of(before)));
      int again = code.newRareBlock();
      code.branch(Comparison.GREATER_UNSIGNED, before, greatest, again, done);
      code.start(again);
      code.copy(greatest, before);
    }
    code.jump(done);
    code.start(done);
  }

  /**
   * Where a value's bucket begins within its histogram, bytes: always less than the histogram has,
   * as the verifier can see.
   */
  private Operand bucket(HistogramShape shape, Buckets buckets, Operand value) {
    Operand number = shape.isLinear() ? linear(shape, value) : logarithmic(value);
    Operand within = code.compute(Operation.AND, number, new Constant(buckets.count() - 1L));
    return code.compute(Operation.SHIFT_LEFT, within, new Constant(3));
  }

  /** See {@link HistogramShape#bucketOf}. */
  private Operand linear(HistogramShape shape, Operand value) {
    Virtual bucket = code.fresh();
    int notLess = code.newBlock();
    int notMore = code.newBlock();
    int join = code.newBlock();
    code.copy(bucket, new Constant(0));
    code.branch(Comparison.LESS, value, new Constant(shape.low()), join, notLess);
    code.start(notLess);
    code.copy(bucket, new Constant(shape.buckets() - 1L));
    Operand place =
        code.compute(
            Operation.DIVIDE,
            code.compute(Operation.SUBTRACT, value, new Constant(shape.low())),
            new Constant(shape.step()));
    code.branch(
        Comparison.GREATER_OR_EQUAL_UNSIGNED,
        place,
        new Constant(shape.buckets() - 2L),
        join,
        notMore);
    code.start(notMore);
    code.copy(bucket, code.compute(Operation.ADD, place, new Constant(1)));
    code.jump(join);
    code.start(join);
    return bucket;
  }

  /**
   * The bits that the magnitude takes, above or below the bucket of 0. Without branches, which the
   * verifier would follow one by one.
   */
  private Operand logarithmic(Operand value) {
    Operand sign = code.compute(Operation.SHIFT_RIGHT, value, new Constant(63));
    Operand magnitude = withSign(value, sign);
    // The least number has no magnitude: it counts as the one above it.
    Operand rest =
        code.compute(
            Operation.SUBTRACT,
            magnitude,
            code.compute(Operation.SHIFT_RIGHT_UNSIGNED, magnitude, new Constant(63)));
    Operand bits = new Constant(0);
    for (int width = 32; width > 0; width /= 2) {
      // 1 if it takes more bits than that: then they are counted, and dropped.
      Operand isMore =
          code.compute(
              Operation.SHIFT_RIGHT_UNSIGNED,
              code.compute(Operation.SUBTRACT, new Constant((1L << width) - 1), rest),
              new Constant(63));
      Operand more = code.compute(Operation.MULTIPLY, isMore, new Constant(width));
      rest = code.compute(Operation.SHIFT_RIGHT_UNSIGNED, rest, more);
      bits = code.compute(Operation.ADD, bits, more);
    }
    // What is left is 1, or 0 for 0.
    Operand length = code.compute(Operation.ADD, bits, rest);
    return code.compute(Operation.ADD, withSign(length, sign), new Constant(64));
  }

  /** Negated where the sign is -1, as it is where the sign is 0. */
  private Operand withSign(Operand value, Operand sign) {
    return code.compute(
        Operation.SUBTRACT, code.compute(Operation.EXCLUSIVE_OR, value, sign), sign);
  }

  /** Adds to the mean and squares of a spread that no handler is changing. */
  private void spread(Address.Behind first, Operand value, int shift) {
    Virtual spread = code.fresh();
    int free = code.newBlock();
    int done = code.newBlock();
    for (int i = 0; i < StatisticLayout.SPREADS; i++) {
      Address.Behind candidate = first.plus(i * StatisticLayout.SPREAD_SIZE);
      code.copy(
          spread,
          code.compute(Operation.ADD, candidate.pointer(), new Constant(candidate.offset())));
      boolean isLast = i == StatisticLayout.SPREADS - 1;
      int busy = isLast ? done : code.newRareBlock();
      Operand before =
          ScratchTaking.mark(handler, new Address.Behind(spread, StatisticLayout.SPREAD_TAKEN));
      code.branch(Comparison.EQUAL, before, new Constant(0), free, busy);
      code.start(busy);
    }
    code.start(free);
    Address.Behind count = new Address.Behind(spread, StatisticLayout.SPREAD_COUNT);
    Address.Behind mean = new Address.Behind(spread, StatisticLayout.SPREAD_MEAN);
    Address.Behind squares = new Address.Behind(spread, StatisticLayout.SPREAD_SQUARES);
    Operand values = code.compute(Operation.ADD, code.load(Size.DOUBLE, count), new Constant(1));
    code.store(Size.DOUBLE, count, values);
    Operand scaled = code.compute(Operation.SHIFT_LEFT, value, new Constant(shift));
    Operand old = code.load(Size.DOUBLE, mean);
    Operand distance = code.compute(Operation.SUBTRACT, scaled, old);
    Operand next = code.compute(Operation.ADD, old, Division.byPositive(handler, distance, values));
    code.store(Size.DOUBLE, mean, next);
    Operand square =
        code.compute(Operation.MULTIPLY, distance, code.compute(Operation.SUBTRACT, scaled, next));
    code.store(
        Size.DOUBLE, squares, code.compute(Operation.ADD, code.load(Size.DOUBLE, squares), square));
    code.store(
        Size.DOUBLE, new Address.Behind(spread, StatisticLayout.SPREAD_TAKEN), new Constant(0));
    code.jump(done);
    code.start(done);
  }
}
