package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.machine.StatisticUses;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * {@code @count} and its kin: put together from the parts that the processors keep, and the one of
 * user space.
 */
final class StatisticFigures {
  private static final Operand ZERO = new Constant(0);

  /** How many the machine may have at most where the verifier follows every turn of a loop. */
  private static final int FOLLOWED_PROCESSORS = 256;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  StatisticFigures(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** {@code @count(a[key])} and its kin. */
  Operand figure(Expression.Statistic statistic) {
    StatisticOperator operator = statistic.operator();
    Optional<Arrays.Key> found = key(statistic.operand(), statistic.span());
    if (found.isEmpty() || !(found.get().storage().value() instanceof Field.Statistic)) {
      return ZERO;
    }
    Arrays.Key key = found.get();
    int shift = handler.tables.statistics().of(key.storage().global()).varianceShift();
    if (operator == StatisticOperator.VARIANCE
        && !handler.tables.statistics().isVarianceShift(key.storage().global(), statistic)) {
      handler.tables.report(StatisticUses.badShift(statistic));
      return ZERO;
    }
    return figure(operator, key, shift, statistic.span());
  }

  /** A figure of what stands at a key. */
  Operand figure(StatisticOperator operator, Arrays.Key key, int shift, Span span) {
    if (!(key.storage().value() instanceof Field.Statistic(StatisticLayout layout, _))) {
      return ZERO;
    }
    code.at(span);
    Asked asked = new Asked(operator, key, layout, span);
    return switch (operator) {
      case COUNT -> sums(key, List.of(StatisticLayout.COUNT)).getFirst();
      case SUM -> sums(key, List.of(layout.sum().orElseThrow())).getFirst();
      case AVERAGE -> average(asked, 0);
      case VARIANCE -> variance(asked, shift);
      case MINIMUM ->
          code.compute(
              Operation.SUBTRACT, new Constant(Long.MAX_VALUE), greatest(asked, layout.minimum()));
      case MAXIMUM ->
          code.compute(
              Operation.ADD, greatest(asked, layout.maximum()), new Constant(Long.MIN_VALUE));
    };
  }

  private record Asked(
      StatisticOperator operator, Arrays.Key key, StatisticLayout layout, Span span) {}

  /** The key of a statistic whose figures the kernel can tell; else empty, and an error. */
  Optional<Arrays.Key> key(Expression operand, Span span) {
    if (Restriction.STATISTIC_FIGURE.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STATISTIC_FIGURE, span);
      return Optional.empty();
    }
    return handler.arrays.statistic(operand);
  }

  /** The sums of numbers of all parts. */
  private List<Virtual> sums(Arrays.Key key, List<Integer> offsets) {
    List<Virtual> sums = offsets.stream().map(_ -> zero()).toList();
    everyPart(
        key,
        part -> {
          for (int i = 0; i < offsets.size(); i++) {
            add(sums.get(i), new Address.Behind(part, offsets.get(i)));
          }
        });
    return sums;
  }

  private Virtual zero() {
    Virtual zero = code.fresh();
    code.copy(zero, ZERO);
    return zero;
  }

  private void add(Virtual sum, Address place) {
    code.copy(sum, code.compute(Operation.ADD, sum, code.load(Size.DOUBLE, place)));
  }

  private Operand average(Asked asked, int shift) {
    List<Virtual> sums =
        sums(asked.key(), List.of(StatisticLayout.COUNT, asked.layout().sum().orElseThrow()));
    refuseEmpty(asked, sums.getFirst());
    return Division.byPositive(
        handler,
        code.compute(Operation.SHIFT_LEFT, sums.getLast(), new Constant(shift)),
        sums.getFirst());
  }

  /** The greatest of a number of all parts, unsigned. */
  private Operand greatest(Asked asked, OptionalInt offset) {
    Virtual count = zero();
    Virtual greatest = zero();
    everyPart(
        asked.key(),
        part -> {
          add(count, new Address.Behind(part, StatisticLayout.COUNT));
          for (int i = 0; i < asked.layout().copies(); i++) {
            int place = offset.orElseThrow() + i * Long.BYTES;
            Virtual other = code.load(Size.DOUBLE, new Address.Behind(part, place));
            int higher = code.newBlock();
            int join = code.newBlock();
            code.branch(Comparison.GREATER_UNSIGNED, other, greatest, higher, join);
            code.start(higher);
            code.copy(greatest, other);
            code.jump(join);
            code.start(join);
          }
        });
    refuseEmpty(asked, count);
    return greatest;
  }

  /** As {@code machine.Statistic} has it. */
  private Operand variance(Asked asked, int shift) {
    List<Virtual> sums =
        sums(asked.key(), List.of(StatisticLayout.COUNT, asked.layout().sum().orElseThrow()));
    Virtual count = sums.getFirst();
    refuseEmpty(asked, count);
    Virtual variance = zero();
    int several = code.newBlock();
    int done = code.newBlock();
    code.branch(Comparison.GREATER, count, new Constant(1), several, done);
    code.start(several);
    Operand average =
        Division.byPositive(
            handler,
            code.compute(Operation.SHIFT_LEFT, sums.getLast(), new Constant(shift)),
            count);
    everyPart(
        asked.key(),
        part -> squares(variance, part, asked.layout().spreads().orElseThrow(), average));
    Operand mean =
        Division.byPositive(
            handler, variance, code.compute(Operation.SUBTRACT, count, new Constant(1)));
    code.copy(variance, code.compute(Operation.SHIFT_RIGHT, mean, new Constant((2L * shift) & 63)));
    code.jump(done);
    code.start(done);
    return variance;
  }

  /** Adds the squares of a part's distances from the average of all. */
  private void squares(Virtual sum, Virtual part, int offset, Operand average) {
    for (int i = 0; i < StatisticLayout.SPREADS; i++) {
      Address.Behind spread = new Address.Behind(part, offset + i * StatisticLayout.SPREAD_SIZE);
      Operand values = code.load(Size.DOUBLE, spread.plus(StatisticLayout.SPREAD_COUNT));
      Operand others = code.compute(Operation.SUBTRACT, values, new Constant(1));
      // Of a single value, or none, the squares are 0; so is what BPF makes of a division by 0.
      Operand own = code.load(Size.DOUBLE, spread.plus(StatisticLayout.SPREAD_SQUARES));
      Operand within =
          code.compute(Operation.MULTIPLY, Division.byPositive(handler, own, others), others);
      Operand distance =
          code.compute(
              Operation.SUBTRACT,
              code.load(Size.DOUBLE, spread.plus(StatisticLayout.SPREAD_MEAN)),
              average);
      Operand between =
          code.compute(
              Operation.MULTIPLY, values, code.compute(Operation.MULTIPLY, distance, distance));
      code.copy(
          sum, code.compute(Operation.ADD, sum, code.compute(Operation.ADD, within, between)));
    }
  }

  private void refuseEmpty(Asked asked, Operand count) {
    int some = code.newBlock();
    code.branch(
        Comparison.EQUAL,
        count,
        ZERO,
        handler.faults.block(
            "empty aggregate", "operator '" + asked.operator().symbol() + "'", asked.span()),
        some);
    code.start(some);
  }

  /** Writes what is done with each processor's part, and with user space's. */
  void everyPart(Arrays.Key key, Consumer<Virtual> work) {
    everyPart(key, 1, (part, _) -> work.accept(part));
  }

  /**
   * Writes what is done with each processor's part, and with user space's, in several rounds.
   *
   * @param rounds of each part, a power of two
   * @param work is given the part and the number of the round
   */
  void everyPart(Arrays.Key key, int rounds, BiConsumer<Virtual, Operand> work) {
    int done = code.newBlock();
    int exhausted =
        handler.faults.finalBlock(
            "more processors than a handler can ask",
            "identifier '" + key.spelling() + "'",
            key.name());
    int mostTurns =
        handler.tables.profile().has(KernelFeature.MAY_GOTO)
            ? Integer.MAX_VALUE
            : FOLLOWED_PROCESSORS * rounds;
    Virtual turn = zero();
    handler.loops.counted(
        mostTurns,
        exhausted,
        () -> {
          Virtual part =
              code.call(
                  Helper.MAP_LOOKUP_PERCPU_ELEM,
                  key.map(),
                  key.bytes(handler.memory),
                  new Argument.Value(processor(turn, rounds)));
          int found = code.newBlock();
          handler.branchNotZero(part, found, done);
          code.start(found);
          work.accept(part, round(turn, rounds));
          code.copy(turn, code.compute(Operation.ADD, turn, new Constant(1)));
        });
    code.start(done);
    handler.arrays.additions(key).ifPresent(additions -> addition(additions, rounds, work));
  }

  private Operand processor(Virtual turn, int rounds) {
    return rounds == 1
        ? turn
        : code.compute(
            Operation.SHIFT_RIGHT_UNSIGNED,
            turn,
            new Constant(Integer.numberOfTrailingZeros(rounds)));
  }

  private Operand round(Virtual turn, int rounds) {
    return rounds == 1 ? ZERO : code.compute(Operation.AND, turn, new Constant(rounds - 1L));
  }

  private void addition(Arrays.Key key, int rounds, BiConsumer<Virtual, Operand> work) {
    int absent = code.newBlock();
    if (rounds == 1) {
      work.accept(addition(key, absent), ZERO);
      code.jump(absent);
      code.start(absent);
      return;
    }
    Virtual round = zero();
    handler.loops.counted(
        rounds,
        absent,
        () -> {
          int more = code.newBlock();
          code.branch(Comparison.LESS, round, new Constant(rounds), more, absent);
          code.start(more);
          work.accept(addition(key, absent), round(round, rounds));
          code.copy(round, code.compute(Operation.ADD, round, new Constant(1)));
        });
  }

  private Virtual addition(Arrays.Key key, int absent) {
    Virtual part = code.call(Helper.MAP_LOOKUP_ELEM, key.map(), key.bytes(handler.memory));
    int found = code.newBlock();
    handler.branchNotZero(part, found, absent);
    code.start(found);
    return part;
  }
}
