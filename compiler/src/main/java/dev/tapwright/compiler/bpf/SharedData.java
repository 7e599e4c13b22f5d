package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.Instruction.Comparison;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.Operand.Constant;
import dev.tapwright.compiler.bpf.Operand.Virtual;
import dev.tapwright.compiler.bpf.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import java.util.LinkedHashMap;
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

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final Map<Integer, Virtual> lookedUp = new LinkedHashMap<>();
  private Optional<Virtual> context = Optional.empty();

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

  /** Counts the handler as skipped, and ends it. */
  void skip() {
    code.atomicAdd(session(SessionLayout.SKIPPED), new Constant(1));
    code.end();
  }

  private Address.Behind firstElement(int map, int offset) {
    if (!handler.tables.profile().has(KernelFeature.DIRECT_MAP_VALUE)) {
      return new Address.Behind(lookedUp.computeIfAbsent(map, _ -> code.fresh()), offset);
    }
    Virtual pointer = code.fresh();
    code.add(new Step.MapValue(pointer, map, 0));
    return new Address.Behind(pointer, offset);
  }

  /** Writes the entry block, once it is known what the handler uses. */
  void finishPrologue() {
    int leave = code.newRareBlock();
    code.start(leave);
    code.end();
    code.start(ENTRY);
    Optional<Address.Behind> state =
        handler.tables.reach().provided().contains("exit")
            ? Optional.of(session(SessionLayout.STATE))
            : Optional.empty();
    if (!lookedUp.isEmpty()) {
      lookUp(leave);
    }
    if (state.isPresent()) {
      Virtual value = code.load(Size.DOUBLE, state.get());
      int running = code.newBlock();
      code.branch(Comparison.NOT_EQUAL, value, new Constant(0), leave, running);
      code.start(running);
    }
    handler
        .memory
        .scratch
        .used()
        .ifPresent(base -> ScratchTaking.write(handler, base, Set.of(leave)));
    handler.loops.finishPrologue();
    handler.tokenizer.finishPrologue();
    code.jump(BODY);
    context.ifPresent(register -> code.addFirst(ENTRY, new Step.Context(register)));
  }

  private void lookUp(int leave) {
    Address.Stack key = handler.memory.frame.allocate(8);
    code.store(Size.DOUBLE, key, new Constant(0));
    for (Map.Entry<Integer, Virtual> entry : lookedUp.entrySet()) {
      code.add(
          new Step.Call(
              Helper.MAP_LOOKUP_ELEM,
              java.util.List.of(
                  new Argument.MapAddress(entry.getKey()), new Argument.StackAddress(key.offset())),
              Optional.of(entry.getValue())));
      int found = code.newBlock();
      handler.branchNotZero(entry.getValue(), found, leave);
      code.start(found);
    }
  }
}
