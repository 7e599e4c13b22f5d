package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.MapFunction;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;

/**
 * New elements of arrays that wrap ({@code %}): the oldest makes room. Which it is tells a map
 * beside the array, with the number of the insertion at each key; it is looked for when the array
 * is full.
 *
 * <p>Others may change both maps meanwhile. What is removed is removed from that map first, and who
 * adds looks there again when the element is stored: so there is no element that it does not know,
 * and that would stay for ever. It may know one that is not there.
 */
final class WrappingArrays {
  /** Attempts to find room, which others may take as soon as it is made. */
  private static final int ATTEMPTS = 16;

  /** More than any number of an insertion, unsigned. */
  private static final long NONE = -1;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  WrappingArrays(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /**
   * Adds an element that is not there.
   *
   * @param flags of the update
   */
  void insert(Arrays.Key key, Address value, long flags) {
    if (Restriction.WRAPPING_ARRAY.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.WRAPPING_ARRAY, key.name());
      return;
    }
    Arrays.Key birth = key.in(key.storage().births().orElseThrow());
    Address number = handler.memory.allocate(Long.BYTES);
    int done = code.newBlock();
    int exhausted = handler.arrays.busy();
    handler.loops.counted(
        ATTEMPTS,
        exhausted,
        () -> {
          code.store(
              Size.DOUBLE,
              number,
              code.fetch(
                  AtomicOperation.FETCH_ADD,
                  handler.data.session(SessionLayout.INSERTIONS),
                  new Constant(1)));
          int crowded = code.newRareBlock();
          int again = code.newBlock();
          stored(handler.arrays.update(birth, number, Arrays.BPF_NOEXIST), crowded);
          stored(handler.arrays.update(key, value, flags), crowded);
          handler.branchNotZero(handler.arrays.lookUp(birth), done, again);
          handler.inBlock(
              crowded,
              () -> {
                removeOldest(key, birth);
                code.jump(again);
              });
          code.start(again);
        });
    code.start(done);
  }

  /** Goes on when an update succeeded, or has found what is there. */
  private void stored(Operand result, int crowded) {
    int refused = code.newBlock();
    int notFull = code.newRareBlock();
    int stored = code.newBlock();
    handler.arrays.branch(result, Arrays.OK, stored, refused);
    code.start(refused);
    handler.arrays.branch(result, Arrays.TOO_MANY, crowded, notFull);
    code.start(notFull);
    handler.arrays.branch(result, Arrays.EXISTS, stored, handler.arrays.busy());
    code.start(stored);
  }

  private void removeOldest(Arrays.Key key, Arrays.Key birth) {
    int size = KernelTables.bytes(key.storage().key());
    Memory.Mark mark = handler.memory.mark();
    Address.Behind area = handler.memory.scratch.allocate(MapFunction.KEY + size);
    code.store(Size.DOUBLE, area, new Constant(NONE));
    handler.patterns.walk(birth.place(), new MapFunction.Oldest(size), area);
    Virtual oldest = code.load(Size.DOUBLE, area);
    int found = code.newBlock();
    int after = code.newBlock();
    code.branch(Comparison.NOT_EQUAL, oldest, new Constant(NONE), found, after);
    code.start(found);
    for (int map : handler.arrays.mapsOf(key.storage())) {
      code.add(
          new Step.Call(
              Helper.MAP_DELETE_ELEM,
              List.of(
                  new Argument.MapAddress(map),
                  handler.memory.argument(area.plus(MapFunction.KEY))),
              Optional.empty()));
    }
    code.jump(after);
    code.start(after);
    handler.memory.release(mark);
  }
}
