package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.MapFunction;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * {@code foreach}: the elements are copied as they are when the loop begins, so that its body may
 * be code like any other, and change the array.
 *
 * <p>The copy is the processor's. It belongs to the handler that has the first element of {@link
 * Scratch}: another that interrupts it, and has a loop too, is skipped.
 */
final class ArrayLoops {
  private static final Operand ZERO = new Constant(0);

  private final HandlerLowering handler;
  private final CodeBuilder code;

  /** The arrays of the loops around, by their place in the program. */
  private final Deque<Integer> walked = new ArrayDeque<>();

  private boolean isUsed;

  ArrayLoops(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Whether there are any. */
  boolean isUsed() {
    return isUsed;
  }

  /** Lowers one. */
  void repeat(Statement.Foreach loop) {
    Span keyword = Statements.keyword(loop.span(), "foreach");
    if (loop.array() instanceof Expression.Histogram histogram) {
      handler.histograms.repeat(loop, histogram);
      return;
    }
    if (Restriction.FOREACH_LOOP.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.FOREACH_LOOP, keyword);
      handler.statements.statement(loop.body());
      return;
    }
    if (!(handler.bindings().variableOf(loop.array()).orElse(null)
        instanceof Variable.Global array)) {
      handler.tables.report(Numbers.notSupported(keyword, "a loop over this"));
      return;
    }
    isUsed = true;
    handler.memory.scratch.base();
    GlobalStorage storage = handler.tables.storage(array);
    Optional<Operand> limit = loop.limit().map(handler.numbers::number);
    code.at(keyword);
    Copies copies =
        new Copies(
            storage, handler.tables.copies(array, Collections.frequency(walked, array.index())));
    KeyPatterns.Pattern pattern = handler.patterns.pattern(storage, loop.slice());
    code.at(keyword);
    Virtual count = copied(copies, pattern);
    Optional<LoopOrder> order = LoopOrder.of(loop, storage);
    if (storage.value() instanceof Field.Statistic
        && order.stream().anyMatch(LoopOrder::isByValue)) {
      figures(loop, copies, count);
    }
    Optional<Address.Behind> search = order.map(wanted -> wanted.search(handler, count));
    limit.ifPresent(most -> atMost(count, most));
    Virtual index = code.fresh();
    code.copy(index, ZERO);
    walked.push(array.index());
    handler.loops.turns(
        keyword,
        loop.body(),
        after -> {
          int more = code.newBlock();
          code.branch(Comparison.LESS, index, count, more, after);
          code.start(more);
          Virtual element =
              search.isPresent()
                  ? next(copies, order.orElseThrow(), search.get(), after)
                  : element(copies, index, after);
          set(loop, storage, new Address.Behind(element, 0));
          code.at(keyword);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
    walked.pop();
  }

  /**
   * What was copied of an array.
   *
   * @param map where it is
   */
  private record Copies(GlobalStorage storage, int map) {
    /** Offset of what tells that a sorted loop had an element. */
    int had() {
      return KernelTables.bytes(storage.key()) + KernelTables.bytes(storage.value());
    }
  }

  /** Finds the element that is next in order; notes that the loop had it. */
  private Virtual next(Copies copies, LoopOrder order, Address.Behind search, int after) {
    code.store(Size.DOUBLE, search, new Constant(MapFunction.Next.NONE));
    handler.patterns.walk(copies.map(), order.function(copies.had()), search);
    Virtual place = code.load(Size.DOUBLE, search);
    int found = code.newBlock();
    code.branch(Comparison.NOT_EQUAL, place, new Constant(MapFunction.Next.NONE), found, after);
    code.start(found);
    Virtual element = element(copies, place, after);
    code.store(Size.DOUBLE, new Address.Behind(element, copies.had()), new Constant(1));
    return element;
  }

  /** Stores the figure that a loop over statistics sorts by behind each key. */
  private void figures(Statement.Foreach loop, Copies copies, Virtual count) {
    if (Restriction.STATISTIC_FIGURE.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STATISTIC_FIGURE, loop.array().span());
      return;
    }
    GlobalStorage storage = copies.storage();
    int size = KernelTables.bytes(storage.key());
    int shift = handler.tables.statistics().of(storage.global()).varianceShift();
    Address.Behind bytes = handler.memory.scratch.allocate(size);
    Arrays.Key key = new Arrays.Key(storage, bytes, loop.array().span(), "foreach");
    Virtual index = code.fresh();
    code.copy(index, ZERO);
    int done = code.newBlock();
    handler.loops.counted(
        handler.tables.entries(copies.map()),
        done,
        () -> {
          int more = code.newBlock();
          code.branch(Comparison.LESS, index, count, more, done);
          code.start(more);
          Virtual from = element(copies, index, done);
          for (int i = 0; i < size; i += Long.BYTES) {
            code.store(
                Size.DOUBLE, bytes.plus(i), code.load(Size.DOUBLE, new Address.Behind(from, i)));
          }
          Operand figure =
              handler.figures.figure(
                  loop.aggregate().orElse(StatisticOperator.COUNT),
                  key,
                  shift,
                  loop.array().span());
          Virtual to = element(copies, index, done);
          code.store(Size.DOUBLE, new Address.Behind(to, size), figure);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
  }

  /** Copies all elements that match; gives their number. */
  private Virtual copied(Copies copies, KeyPatterns.Pattern pattern) {
    GlobalStorage storage = copies.storage();
    handler.patterns.walk(
        storage.map(),
        new MapFunction.Copying(
            copies.map(),
            KernelTables.bytes(storage.key()),
            KernelTables.bytes(storage.value()),
            pattern.same()),
        pattern.area());
    Virtual count = code.fresh();
    code.copy(count, code.load(Size.DOUBLE, pattern.area()));
    return count;
  }

  /** Makes a number of turns no more than the limit. */
  void atMost(Virtual count, Operand most) {
    int fewer = code.newBlock();
    int join = code.newBlock();
    code.branch(Comparison.LESS, most, count, fewer, join);
    code.start(fewer);
    code.copy(count, most);
    code.jump(join);
    code.start(join);
  }

  private Virtual element(Copies copies, Virtual index, int after) {
    Address place = handler.memory.allocate(Long.BYTES);
    code.store(Size.DOUBLE, place, index);
    Virtual element =
        code.call(
            Helper.MAP_LOOKUP_ELEM,
            new Argument.MapAddress(copies.map()),
            handler.memory.argument(place));
    int found = code.newBlock();
    handler.branchNotZero(element, found, after);
    code.start(found);
    return element;
  }

  private void set(Statement.Foreach loop, GlobalStorage storage, Address.Behind element) {
    List<LoopVariable> keys = loop.keys();
    for (int i = 0; i < Math.min(keys.size(), storage.key().size()); i++) {
      set(keys.get(i), storage.key().get(i), element);
    }
    loop.value()
        .ifPresent(
            value -> set(value, storage.value(), element.plus(KernelTables.bytes(storage.key()))));
  }

  private void set(LoopVariable variable, Field field, Address.Behind base) {
    Address.Behind source = base.plus(field.offset());
    if (field instanceof Field.Text) {
      code.at(variable.name().span());
      text(variable).ifPresent(target -> copy(field, source, target));
    } else {
      set(variable, code.load(Size.DOUBLE, source));
    }
  }

  private Optional<MemoryText> text(LoopVariable variable) {
    return switch (handler.bindings().variableOf(variable.name()).orElse(null)) {
      case Variable.Local local
          when handler.scope().place(local) instanceof Place.OnStack(MemoryText text) ->
          Optional.of(text);
      case Variable.Global global
          when handler.tables.storage(global).value() instanceof Field.Text(int _, int capacity) ->
          Optional.of(new MemoryText(handler.data.scalar(global), capacity));
      case null, default -> Optional.empty();
    };
  }

  /** Sets a loop's variable to a number. */
  void set(LoopVariable variable, Operand number) {
    code.at(variable.name().span());
    switch (handler.bindings().variableOf(variable.name()).orElse(null)) {
      case Variable.Local local
          when handler.scope().place(local) instanceof Place.InRegister(Virtual register) ->
          code.copy(register, number);
      case Variable.Global global -> code.store(Size.DOUBLE, handler.data.scalar(global), number);
      case null, default -> {}
    }
  }

  private void copy(Field field, Address source, MemoryText target) {
    if (field instanceof Field.Text(int _, int capacity)) {
      handler.texts.copyShared(new MemoryText(source, capacity), target);
    }
  }
}
