package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.SharedTails;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The session's fields, the global scalars and the context. Where the kernel lacks direct access to
 * map values, the prologue looks the maps up once, as far as the handler uses them.
 */
final class SharedData {
  private static final int ENTRY = 0;
  private static final int BODY = 1;

  /** Bytes from which on a place is not told in an instruction, which has 16 bits for it. */
  private static final int FAR = 1 << 14;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final Map<Integer, Virtual> lookedUp = new LinkedHashMap<>();

  /** What of the context is read where the context is not at hand: the prologue takes it. */
  private final Map<Word, Virtual> words = new LinkedHashMap<>();

  private Optional<Virtual> context = Optional.empty();
  private Optional<Virtual> contextNumber = Optional.empty();

  private record Word(Size size, int offset) {}

  SharedData(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** A field of the session. */
  Address.Behind session(int offset) {
    return firstElement(handler.tables.sessionMap(), offset);
  }

  /** A global scalar. */
  Address.Behind scalar(Variable.Global global) {
    GlobalStorage storage = handler.tables.storage(global);
    return firstElement(storage.map(), storage.value().offset());
  }

  /**
   * A table of constants; only on kernels that have {@link KernelFeature#BOUNDED_LOOPS}.
   *
   * @param table its bytes, one {@code char} for each
   * @param reach bytes from its beginning that the verifier may take an access to reach
   */
  Address.Behind constants(String table, int reach) {
    int offset = handler.tables.constants().place(table, reach);
    Virtual pointer = code.fresh();
    code.add(new Step.MapValue(pointer, handler.tables.constantMap(), offset));
    return new Address.Behind(pointer, 0);
  }

  /** So many bytes that are 0, and stay it. */
  Address.Behind zeros(int bytes) {
    return firstElement(handler.tables.zeros(bytes), 0);
  }

  /** The program's context. */
  Virtual context() {
    Virtual result = context.orElseGet(code::fresh);
    context = Optional.of(result);
    return result;
  }

  /** A word of the program's context. */
  Virtual contextWord(Size size, int offset) {
    return handler.style() == LoopStyle.FUNCTIONS
        ? words.computeIfAbsent(new Word(size, offset), _ -> code.fresh())
        : code.load(size, new Address.Behind(context(), offset));
  }

  /** The address of the program's context, which may be taken for a number. */
  Virtual contextAddress() {
    if (handler.style() != LoopStyle.FUNCTIONS) {
      return context();
    }
    Virtual result = contextNumber.orElseGet(code::fresh);
    contextNumber = Optional.of(result);
    return result;
  }

  /** Counts the handler as skipped, and ends it. */
  void skip() {
    count(SessionLayout.SKIPPED);
    code.end();
  }

  /** Adds one to a counter of the session. */
  void count(int counter) {
    code.atomicAdd(sessionPlace(counter), new Constant(1));
  }

  /**
   * A field of the session, whose place is in the address where the kernel takes it there: the rest
   * is the same for all of them, see {@link SharedTails}, and an address that is an argument takes
   * no addition.
   */
  Address.Behind sessionPlace(int offset) {
    if (!handler.tables.profile().has(KernelFeature.DIRECT_MAP_VALUE)) {
      return session(offset);
    }
    Virtual place = code.fresh();
    code.add(new Step.MapValue(place, handler.tables.sessionMap(), offset));
    return new Address.Behind(place, 0);
  }

  private Address.Behind firstElement(int map, int offset) {
    int base = offset - offset % FAR;
    boolean isDirect = handler.tables.profile().has(KernelFeature.DIRECT_MAP_VALUE);
    Virtual first = isDirect ? code.fresh() : lookedUp.computeIfAbsent(map, _ -> code.fresh());
    if (isDirect) {
      code.add(new Step.MapValue(first, map, base));
    } else if (base > 0) {
      Virtual far = code.fresh();
      code.add(new Step.Compute(Operation.ADD, true, far, first, new Constant(base)));
      return new Address.Behind(far, offset - base);
    }
    return new Address.Behind(first, offset - base);
  }

  /** Writes the entry block, once it is known what the handler uses. */
  void finishPrologue() {
    boolean isInFunctions = handler.style() == LoopStyle.FUNCTIONS;
    int exhausted =
        isInFunctions
            ? handler.faults.finalBlock("MAXACTION exceeded", "keyword", code.span())
            : BODY;
    handler.events.finishFaults();
    handler.ending.finish();
    int leave = code.newRareBlock();
    code.start(leave);
    code.end();
    code.start(ENTRY);
    Optional<Address.Behind> state =
        handler.ending.isAtEntry() ? Optional.of(session(SessionLayout.STATE)) : Optional.empty();
    if (!lookedUp.isEmpty()) {
      lookUp(leave);
    }
    state.ifPresent(place -> EndingCheck.write(code, place, leave));
    if (isInFunctions) {
      handler.memory.scratch.base();
    }
    Optional<Address.Stack> element =
        handler
            .memory
            .scratch
            .used()
            .map(base -> ScratchTaking.write(handler, base, Set.of(leave)));
    handler.loops.finishPrologue();
    handler.tokenizer.finishPrologue();
    handler.subMatches.finishPrologue();
    handler.stacks.finishPrologue();
    if (isInFunctions) {
      beginTurns(element.orElseThrow(), exhausted);
    } else {
      code.jump(BODY);
    }
    context.ifPresent(register -> code.addFirst(ENTRY, new Step.Context(register)));
  }

  private void beginTurns(Address.Stack element, int exhausted) {
    words.forEach(
        (word, register) ->
            code.add(
                new Step.Load(
                    word.size(), register, new Address.Behind(context(), word.offset()))));
    contextNumber.ifPresent(
        number -> {
          Operand negative = code.compute(Operation.NEGATE, context(), new Constant(0));
          code.copy(number, code.compute(Operation.NEGATE, negative, new Constant(0)));
        });
    code.store(Size.DOUBLE, handler.memory.scratch.at(Scratch.NEXT_TURN), new Constant(0));
    code.turns(code.load(Size.DOUBLE, element), List.of(BODY, exhausted));
  }

  private void lookUp(int leave) {
    Address.Stack key = handler.memory.frame.allocate(8);
    code.store(Size.DOUBLE, key, new Constant(0));
    for (Map.Entry<Integer, Virtual> entry : lookedUp.entrySet()) {
      code.add(
          new Step.Call(
              Helper.MAP_LOOKUP_ELEM,
              List.of(
                  new Argument.MapAddress(entry.getKey()), new Argument.StackAddress(key.offset())),
              Optional.of(entry.getValue())));
      int found = code.newBlock();
      handler.branchNotZero(entry.getValue(), found, leave);
      code.start(found);
    }
  }
}
