package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import java.util.HashSet;
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
   * @return where the number of the element is
   */
  static Address.Stack write(HandlerLowering handler, Virtual base, Set<Integer> untouched) {
    CodeBuilder code = handler.code;
    int taken = code.newBlock();
    int skipped = code.newRareBlock();
    Address.Stack key = handler.memory.frame.allocate(8);
    // Of every handler that takes Scratch one counter is this; more of them are loops of its own.
    Virtual element = handler.loops.follow();
    if (handler.arrayLoops.isUsed()) {
      // What its loops copy of arrays belongs to whoever has the first element.
      code.store(Size.DOUBLE, key, new Constant(0));
      attempt(handler, base, key, taken, skipped, skipped);
    } else {
      code.copy(element, new Constant(0));
      code.repeated(
          Scratch.ELEMENTS,
          () -> {
            int head = code.newBlock();
            int busy = code.newBlock();
            code.jump(head);
            code.start(head);
            code.store(Size.DOUBLE, key, element);
            attempt(handler, base, key, taken, busy, skipped);
            code.start(busy);
            code.copy(element, code.compute(Operation.ADD, element, new Constant(1)));
            code.branch(Comparison.LESS, element, new Constant(Scratch.ELEMENTS), head, skipped);
          });
    }
    handler.inBlock(skipped, handler.data::skip);
    // Where the body will begin is not an end, though nothing stands there yet.
    Set<Integer> exceptions = new HashSet<>(untouched);
    exceptions.addAll(Set.of(skipped, taken));
    code.beforeReturns(
        new Step.Store(Size.DOUBLE, new Address.Behind(base, Scratch.TAKEN), new Constant(0)),
        exceptions);
    code.start(taken);
    return key;
  }

  /** Takes the element of a key, unless another handler has it. */
  private static void attempt(
      HandlerLowering handler, Virtual base, Address.Stack key, int taken, int busy, int skipped) {
    handler.code.add(
        new Step.Call(
            Helper.MAP_LOOKUP_ELEM,
            List.of(
                new Argument.MapAddress(handler.tables.scratchMap()),
                new Argument.StackAddress(key.offset())),
            Optional.of(base)));
    int found = handler.code.newBlock();
    handler.branchNotZero(base, found, skipped);
    handler.code.start(found);
    // What goes on stands behind what tries the next one: the loop has nothing else in it.
    handler.branchNotZero(mark(handler, new Address.Behind(base, Scratch.TAKEN)), busy, taken);
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
