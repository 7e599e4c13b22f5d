package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
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
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks over maps in the kernel, for elements of whose key only parts are told: {@code [*, k] in
 * a}, {@code delete a[k, *]}, {@code foreach (… in a[k, *])}.
 */
final class KeyPatterns {
  private static final Operand ZERO = new Constant(0);

  private final HandlerLowering handler;
  private final CodeBuilder code;

  KeyPatterns(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /**
   * Parts of a key.
   *
   * @param area what a {@link MapFunction} is given
   */
  record Pattern(Address.Behind area, List<MapFunction.Part> same) {
    /** Copies the list. */
    Pattern {
      same = List.copyOf(same);
    }
  }

  /** Whether any part may be any value. */
  static boolean isPattern(List<IndexElement> indexes) {
    return indexes.stream().anyMatch(IndexElement.Wildcard.class::isInstance);
  }

  /** Writes the parts that are told into memory; all of a key match if there are none. */
  Pattern pattern(GlobalStorage storage, List<IndexElement> indexes) {
    Address.Behind area =
        handler.memory.scratch.allocate(MapFunction.KEY + KernelTables.bytes(storage.key()));
    List<MapFunction.Part> same = new ArrayList<>();
    for (int i = 0; i < Math.min(indexes.size(), storage.key().size()); i++) {
      if (indexes.get(i) instanceof Expression index) {
        GlobalStorage.Field field = storage.key().get(i);
        handler.arrays.writePart(field, index, area.plus(MapFunction.KEY));
        same.add(new MapFunction.Part(field.offset(), KernelTables.bytes(field)));
      }
    }
    code.store(Size.DOUBLE, area, ZERO);
    return new Pattern(area, same);
  }

  /** Calls a function for each element of a map. */
  void walk(int map, MapFunction function, Address.Behind area) {
    // Only for the call: in a loop that is a function of its own, the stack keeps nothing longer.
    int mark = handler.memory.frame.mark();
    Address.Stack place = handler.memory.frame.allocate(Long.BYTES);
    handler.memory.frame.release(mark);
    code.store(
        Size.DOUBLE,
        place,
        code.compute(Operation.ADD, area.pointer(), new Constant(area.offset())));
    code.call(
        Helper.FOR_EACH_MAP_ELEM,
        new Argument.MapAddress(map),
        new Argument.Function(function),
        new Argument.StackAddress(place.offset()),
        new Argument.Value(ZERO));
  }

  /** {@code [k, *] in a}. */
  void contains(Expression.Membership membership, int ifTrue, int ifFalse) {
    Optional<GlobalStorage> storage = storage(membership.array(), membership.span());
    if (storage.isEmpty()) {
      code.jump(ifFalse);
      return;
    }
    Pattern pattern = pattern(storage.get(), membership.indexes());
    code.at(membership.span());
    walk(storage.get().map(), new MapFunction.Search(pattern.same()), pattern.area());
    Virtual found = code.load(Size.DOUBLE, pattern.area());
    handler.branchNotZero(found, ifTrue, ifFalse);
  }

  /** {@code delete a[k, *]}: what is there when it begins. */
  void delete(Expression.ArrayElement element) {
    storage(element.array(), element.span())
        .ifPresent(
            storage -> {
              Pattern pattern = pattern(storage, element.indexes());
              code.at(element.span());
              handler
                  .arrays
                  .mapsOf(storage)
                  .forEach(
                      map -> walk(map, new MapFunction.Removal(pattern.same()), pattern.area()));
            });
  }

  private Optional<GlobalStorage> storage(Expression array, Span span) {
    if (Restriction.WILDCARD_INDEX.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.WILDCARD_INDEX, span);
      return Optional.empty();
    }
    return handler.arrays.storage(array);
  }
}
