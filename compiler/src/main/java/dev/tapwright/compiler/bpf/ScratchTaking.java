package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.Instruction.Comparison;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.Operand.Constant;
import dev.tapwright.compiler.bpf.Operand.Virtual;
import dev.tapwright.compiler.bpf.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes an element of {@link Scratch} at the start of a handler, and gives it back at its ends.
 * When all are taken, the handler is skipped and counted.
 */
final class ScratchTaking {
  private ScratchTaking() {}

  /**
   * Writes the taking, here; code goes on where the handler has an element.
   *
   * @param untouched blocks that end the program without having taken one
   */
  static void write(HandlerLowering handler, Virtual base, Set<Integer> untouched) {
    CodeBuilder code = handler.code;
    int map = handler.tables.scratchMap();
    int taken = code.newBlock();
    int skipped = code.newRareBlock();
    Address.Stack key = handler.memory.frame.allocate(8);
    for (int element = 0; element < Scratch.ELEMENTS; element++) {
      code.store(Size.DOUBLE, key, new Constant(element));
      code.add(
          new Step.Call(
              Helper.MAP_LOOKUP_ELEM,
              List.of(new Argument.MapAddress(map), new Argument.StackAddress(key.offset())),
              Optional.of(base)));
      int found = code.newBlock();
      handler.branchNotZero(base, found, skipped);
      code.start(found);
      int busy = element + 1 < Scratch.ELEMENTS ? code.newRareBlock() : skipped;
      code.branch(
          Comparison.EQUAL,
          mark(handler, new Address.Behind(base, Scratch.TAKEN)),
          new Constant(0),
          taken,
          busy);
      code.start(busy);
    }
    handler.inBlock(skipped, handler.data::skip);
    Step give =
        new Step.Store(Size.DOUBLE, new Address.Behind(base, Scratch.TAKEN), new Constant(0));
    code.beforeReturns(give, withAlso(untouched, skipped));
    code.start(taken);
  }

  private static Set<Integer> withAlso(Set<Integer> blocks, int another) {
    return java.util.stream.Stream.concat(blocks.stream(), java.util.stream.Stream.of(another))
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /** Marks something that one handler at a time may have as taken; 0 where it was free. */
  static Operand mark(HandlerLowering handler, Address.Behind mark) {
    CodeBuilder code = handler.code;
    if (handler.tables.profile().has(KernelFeature.ATOMIC_FETCH)) {
      Virtual before = code.fresh();
      code.add(
          new Step.Atomic(AtomicOperation.EXCHANGE, mark, new Constant(1), Optional.of(before)));
      return before;
    }
    // Whatever comes in between is done before this goes on, and gives back what it took.
    Virtual before = code.load(Size.DOUBLE, mark);
    code.store(Size.DOUBLE, mark, new Constant(1));
    return before;
  }
}
