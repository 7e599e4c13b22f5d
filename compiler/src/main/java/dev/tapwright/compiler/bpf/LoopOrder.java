package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.MapFunction;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.SortDirection;
import dev.tapwright.syntax.tree.Statement;
import java.util.Optional;

/**
 * The order of a sorted {@code foreach}. The next element is looked for in each turn: that takes as
 * many steps as there are elements, and turns are few, for MAXACTION bounds them.
 *
 * @param offset of what is sorted by, in a copy of an element
 * @param isByValue whether that is the value, or a figure of a statistic
 */
record LoopOrder(int offset, Field part, boolean isByValue, boolean isDescending) {
  /** What a loop says of sorting by value. */
  static SortDirection byValue(Statement.Foreach loop) {
    return loop.sort() == SortDirection.NONE
        ? loop.value().map(LoopVariable::sort).orElse(SortDirection.NONE)
        : loop.sort();
  }

  /** Of a loop over an array; empty when it has none. */
  static Optional<LoopOrder> of(Statement.Foreach loop, GlobalStorage storage) {
    for (int i = 0; i < Math.min(loop.keys().size(), storage.key().size()); i++) {
      SortDirection direction = loop.keys().get(i).sort();
      if (direction != SortDirection.NONE) {
        Field part = storage.key().get(i);
        return Optional.of(
            new LoopOrder(part.offset(), part, false, direction == SortDirection.DESCENDING));
      }
    }
    SortDirection byValue = byValue(loop);
    return byValue == SortDirection.NONE
        ? Optional.empty()
        : Optional.of(
            new LoopOrder(
                KernelTables.bytes(storage.key()),
                storage.value(),
                true,
                byValue == SortDirection.DESCENDING));
  }

  /** The area of {@link #function}, for so many elements. */
  Address.Behind search(HandlerLowering handler, Virtual count) {
    Address.Behind area =
        handler.memory.scratch.allocate(MapFunction.Next.area(KernelTables.bytes(part)));
    handler.code.store(Size.DOUBLE, area.plus(MapFunction.KEY), count);
    return area;
  }

  /**
   * What looks for the next element.
   *
   * @param had offset of what tells that the loop had one
   */
  MapFunction function(int had) {
    return new MapFunction.Next(
        had, offset, KernelTables.bytes(part), part instanceof Field.Text, isDescending);
  }
}
