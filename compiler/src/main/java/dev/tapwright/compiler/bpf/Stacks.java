package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.intrinsic.StackTrace;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.tree.Expression;
import java.util.Set;
import java.util.TreeSet;

/**
 * Stacks of the interrupted task, and the names of what lies at the kernel's addresses. Where a
 * handler's turns are functions, which have no context, the prologue takes the stacks.
 */
final class Stacks {
  /** {@code BPF_F_USER_STACK}. */
  private static final int USER = 1 << 8;

  /** Callers at most; a power of two. */
  private static final int DEPTH = 32;

  /** What {@code BPF_F_SKIP_FIELD_MASK} has room for, less frames of our own. */
  private static final int DEEPEST = 0xf0;

  /** {@code 0xffffffff81000000}, a space and a NUL. */
  private static final int ENTRY = 20;

  /** Entries that the prologue takes: {@code kernel.perf_event_max_stack} is 127. */
  private static final int TAKEN = 128;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  /** Where the prologue puts the kernel's and the user's stack; 0 where no handler asks for it. */
  private final int kernel;

  private final int user;
  private final Set<Integer> taken = new TreeSet<>();

  Stacks(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
    kernel = reserved(false);
    user = reserved(true);
  }

  private int reserved(boolean isUser) {
    return isTaken() && StackTrace.names(isUser).stream().anyMatch(this::isCalled)
        ? handler.memory.scratch.reserve(TAKEN * Long.BYTES)
        : 0;
  }

  private boolean isCalled(String name) {
    return handler.tables.reach().provided().contains(name);
  }

  private boolean isTaken() {
    return handler.style() == LoopStyle.FUNCTIONS && !handler.task.isOther();
  }

  private Address.Behind taken(boolean isUser) {
    int offset = isUser ? user : kernel;
    taken.add(offset);
    return handler.memory.scratch.at(offset);
  }

  /** Takes the stacks that the handler asks for. */
  void finishPrologue() {
    for (int offset : taken) {
      take(
          handler.memory.scratch.at(offset),
          TAKEN * Long.BYTES,
          new Constant(flags(offset == user)));
    }
  }

  private int flags(boolean isUser) {
    return isUser ? USER : handler.contextData.ownFrames();
  }

  /**
   * The addresses of the stack, innermost first, as {@code 0x…} with a space between.
   *
   * @param limit how many; none when it is less than 1
   */
  Text text(Expression.FunctionCall call, boolean isUser, Operand limit) {
    int capacity = handler.tables.capacities().of(call, handler.bindings());
    int mask = Texts.mask(capacity);
    Address.Behind entries =
        isTaken() ? taken(isUser) : handler.memory.scratch.allocate(DEPTH * Long.BYTES);
    Address.Behind area = handler.memory.scratch.allocate(capacity);
    handler.memory.scratch.require(area.offset() + mask + ENTRY + 8);
    MemoryText result = new MemoryText(area, capacity);
    handler.texts.copy(HandlerLowering.emptyText(), result);
    if (!isTaken()) {
      read(entries, DEPTH * Long.BYTES, new Constant(flags(isUser)));
    }
    Virtual turn = code.fresh();
    Virtual end = code.fresh();
    code.copy(turn, new Constant(0));
    code.copy(end, new Constant(0));
    int after = code.newBlock();
    handler.loops.counted(
        DEPTH,
        after,
        () -> {
          int isWanted = code.newBlock();
          int isThere = code.newBlock();
          int hasRoom = code.newBlock();
          code.branch(Comparison.GREATER_OR_EQUAL, turn, limit, after, isWanted);
          code.start(isWanted);
          Operand place =
              code.compute(
                  Operation.SHIFT_LEFT,
                  code.compute(Operation.AND, turn, new Constant(DEPTH - 1)),
                  new Constant(3));
          Address.Behind entry = Texts.at(code, entries, place);
          code.branch(
              Comparison.EQUAL, code.load(Size.DOUBLE, entry), new Constant(0), after, isThere);
          code.start(isThere);
          code.branch(Comparison.GREATER, end, new Constant(capacity - ENTRY), after, hasRoom);
          code.start(hasRoom);
          Address.Behind target =
              Texts.at(code, area, code.compute(Operation.AND, end, new Constant(mask)));
          Operand written = format("0x%llx ", target, ENTRY, entry);
          code.copy(
              end,
              code.compute(
                  Operation.ADD, end, code.compute(Operation.SUBTRACT, written, new Constant(1))));
          code.copy(turn, code.compute(Operation.ADD, turn, new Constant(1)));
          int next = code.newBlock();
          code.branch(Comparison.GREATER_OR_EQUAL, turn, new Constant(DEPTH), after, next);
          code.start(next);
        });
    int some = code.newBlock();
    int join = code.newBlock();
    code.branch(Comparison.GREATER, end, new Constant(0), some, join);
    code.start(some);
    Operand last =
        code.compute(
            Operation.AND,
            code.compute(Operation.SUBTRACT, end, new Constant(1)),
            new Constant(mask));
    code.store(Size.BYTE, Texts.at(code, area, last), new Constant(0));
    code.jump(join);
    code.start(join);
    return result;
  }

  /** The address at a depth of the stack, 0 for the innermost; 0 where it is not so deep. */
  Operand entry(Expression.FunctionCall call, boolean isUser, Operand depth) {
    if (isTaken()) {
      return entryOf(taken(isUser), depth);
    }
    Memory.Mark mark = handler.memory.mark();
    Address slot = handler.memory.allocate(Long.BYTES);
    Operand flags =
        code.compute(
            Operation.ADD, handler.texts.clamped(depth, DEEPEST), new Constant(flags(isUser)));
    code.store(Size.DOUBLE, slot, new Constant(0));
    read(slot, Long.BYTES, flags);
    Operand value = code.load(Size.DOUBLE, slot);
    handler.memory.release(mark);
    return value;
  }

  /** The last entry is 0: no stack is that deep. */
  private Operand entryOf(Address.Behind entries, Operand depth) {
    Operand place =
        code.compute(
            Operation.SHIFT_LEFT, handler.texts.clamped(depth, TAKEN - 1), new Constant(3));
    return code.load(Size.DOUBLE, Texts.at(code, entries, place));
  }

  /**
   * What lies at an address of the kernel: the function, with the module that has it, or the
   * address where it is in none.
   *
   * @param withPlace with {@code +offset/size} as well
   */
  Text symbol(Expression.FunctionCall call, Operand address, boolean withPlace) {
    int capacity = handler.tables.capacities().of(call, handler.bindings());
    MemoryText text = new MemoryText(handler.memory.allocate(capacity), capacity);
    handler.texts.copy(HandlerLowering.emptyText(), text);
    Address slot = handler.memory.allocate(Long.BYTES);
    code.store(Size.DOUBLE, slot, address);
    format(withPlace ? "%pS" : "%ps", text.address(), capacity, slot);
    return text;
  }

  /** Bytes written, with the NUL. */
  private Operand format(String format, Address target, int size, Address value) {
    String table = format + "\0";
    return code.call(
        Helper.SNPRINTF,
        handler.memory.argument(target),
        new Argument.Value(new Constant(size)),
        handler.memory.argument(handler.data.constants(table, table.length())),
        handler.memory.argument(value),
        new Argument.Value(new Constant(Long.BYTES)));
  }

  private void read(Address place, int size, Operand flags) {
    if (handler.task.isOther()) {
      handler.task.clear(place, size);
      return;
    }
    take(place, size, flags);
  }

  private void take(Address place, int size, Operand flags) {
    code.call(
        Helper.GET_STACK,
        new Argument.Value(handler.data.context()),
        handler.memory.argument(place),
        new Argument.Value(new Constant(size)),
        new Argument.Value(flags));
  }
}
