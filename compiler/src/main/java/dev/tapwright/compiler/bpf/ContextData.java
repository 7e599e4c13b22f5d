package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.ContextAccess.Base;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.OptionalInt;

/**
 * Data of the traced program: context variables out of the program's context, and what they point
 * to by helpers that check addresses. Offsets of members are written here and nowhere else, but for
 * those of {@link dev.tapwright.compiler.target.TaskLayout}.
 */
final class ContextData {
  private static final Constant ZERO = new Constant(0);
  private static final int WORD_BITS = 64;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final AttachMethod method;
  private final ProbeRegisters registers;

  ContextData(HandlerLowering handler, AttachPoint attachPoint) {
    this.handler = handler;
    this.code = handler.code;
    this.method = AttachMethod.of(attachPoint, handler.tables.profile());
    this.registers = new ProbeRegisters(handler, this, attachPoint, method);
  }

  /** Registers and arguments by their numbers. */
  ProbeRegisters registers() {
    return registers;
  }

  /** Frames on the kernel's stack between the probed place and the handler. */
  int ownFrames() {
    return switch (method) {
      // The program itself, and what calls the programs of a tracepoint or the trampoline.
      case RAW_TRACEPOINT, FENTRY, FEXIT, SECURITY_HOOK -> 2;
      default -> 0;
    };
  }

  /** The value of an access that gives a number. */
  Operand number(Expression expression, ContextAccess access) {
    Operand value = base(expression, access.base());
    for (ContextAccess.Step step : access.steps()) {
      value = step(expression, access, value, step);
    }
    return value;
  }

  /** The value of an access that gives a string, at a place that the caller has made. */
  void text(Expression expression, ContextAccess access, MemoryText place) {
    Operand address = base(expression, access.base());
    for (ContextAccess.Step step : access.steps()) {
      address = step(expression, access, address, step);
    }
    code.at(expression.span());
    if (access.steps().getLast() instanceof ContextAccess.Step.EnumeratorName(var enumeration)) {
      EnumeratorText.write(handler, expression, address, enumeration, place);
    } else {
      string(expression, address, access.isUser(), place, new Constant(place.capacity()));
    }
  }

  /**
   * Copies the string at an address; a bad address is a fault.
   *
   * @param place what is behind the string's end there becomes NUL
   * @param size bytes to take at most, with the NUL: no more than the place has
   */
  void string(
      Expression expression, Operand address, boolean isUser, MemoryText place, Operand size) {
    // The helper leaves what is behind the string's end as it was.
    handler.texts.copy(HandlerLowering.emptyText(), place);
    KernelProfile profile = handler.tables.profile();
    Helper modern = isUser ? Helper.PROBE_READ_USER_STR : Helper.PROBE_READ_KERNEL_STR;
    Operand bytes =
        read(
            expression,
            profile.has(modern) ? modern : Helper.PROBE_READ_STR,
            place.address(),
            size,
            address,
            isUser);
    handler.lengths.read(place, bytes);
  }

  /** Takes a number of some bytes at an address, zero-extended; a bad address is a fault. */
  Operand load(Expression expression, Operand address, int size, boolean isUser) {
    Memory.Mark mark = handler.memory.mark();
    Address slot = handler.memory.allocate(Long.BYTES);
    memory(expression, address, isUser, slot, new Constant(size));
    Operand value = code.load(sizeOf(size), slot);
    handler.memory.release(mark);
    return value;
  }

  /**
   * Copies bytes at an address; a bad address is a fault.
   *
   * @param size how many; the place has room for as many as the verifier takes it to be
   */
  void memory(Expression expression, Operand address, boolean isUser, Address place, Operand size) {
    Helper modern = isUser ? Helper.PROBE_READ_USER : Helper.PROBE_READ_KERNEL;
    read(
        expression,
        handler.tables.profile().has(modern) ? modern : Helper.PROBE_READ,
        place,
        size,
        address,
        isUser);
  }

  /** Calls a helper that reads; gives what it gave, where that is no error. */
  private Operand read(
      Expression expression,
      Helper helper,
      Address destination,
      Operand size,
      Operand address,
      boolean isUser) {
    Operand result =
        code.call(
            helper,
            handler.memory.argument(destination),
            new Argument.Value(size),
            new Argument.Value(address));
    int good = code.newBlock();
    int bad = handler.faults.readBlock(address, isUser, token(expression), expression.span());
    // The program would read the memory of the process that runs it.
    Operand outcome = isUser && handler.task.isOther() ? new Constant(-1) : result;
    code.branch(Instruction.Comparison.LESS, outcome, ZERO, bad, good);
    code.start(good);
    return result;
  }

  // ---- steps

  private Operand step(
      Expression expression, ContextAccess access, Operand value, ContextAccess.Step step) {
    return switch (step) {
      case ContextAccess.Step.Offset offset ->
          offset.bytes() == 0
              ? value
              : code.compute(Operation.ADD, value, new Constant(offset.bytes()));
      case ContextAccess.Step.Index(Expression index, long size) -> {
        Operand place = handler.numbers.number(index);
        code.at(expression.span());
        yield code.compute(
            Operation.ADD, value, code.compute(Operation.MULTIPLY, place, new Constant(size)));
      }
      case ContextAccess.Step.Load(int size, boolean isSigned) -> {
        code.at(expression.span());
        yield extended(load(expression, value, size, access.isUser()), size * Byte.SIZE, isSigned);
      }
      case ContextAccess.Step.BitField(int offset, int bits, boolean isSigned) -> {
        Operand high =
            code.compute(Operation.SHIFT_LEFT, value, new Constant(WORD_BITS - offset - bits));
        yield code.compute(
            isSigned ? Operation.SHIFT_RIGHT : Operation.SHIFT_RIGHT_UNSIGNED,
            high,
            new Constant(WORD_BITS - bits));
      }
      // The last step of a string: what it is made from is asked for.
      case ContextAccess.Step.Text _, ContextAccess.Step.EnumeratorName _ -> value;
    };
  }

  /** The low bits of a value that are its own, extended. */
  private Operand extended(Operand value, int bits, boolean isSigned) {
    if (!isSigned || bits == WORD_BITS) {
      return value;
    }
    Constant rest = new Constant(WORD_BITS - bits);
    return code.compute(
        Operation.SHIFT_RIGHT, code.compute(Operation.SHIFT_LEFT, value, rest), rest);
  }

  /** The low bytes of a value, as a number of the script. */
  Operand narrowed(Operand value, int size, boolean isSigned) {
    int bits = size * Byte.SIZE;
    if (bits >= WORD_BITS) {
      return value;
    }
    return isSigned
        ? extended(value, bits, true)
        : code.compute(Operation.AND, value, new Constant((1L << bits) - 1));
  }

  // ---- the program's context

  private Operand base(Expression expression, Base base) {
    return switch (base) {
      case Base.Value(Expression address) -> {
        Operand value = handler.numbers.number(address);
        code.at(expression.span());
        yield value;
      }
      case Base.Variable(Location location, int size, boolean isSigned) -> {
        code.at(expression.span());
        yield variable(expression, location, size, isSigned);
      }
    };
  }

  private Operand variable(Expression expression, Location location, int size, boolean isSigned) {
    return switch (location) {
      case Location.Argument(int index) ->
          narrowed(registers.argument(expression, index), size, isSigned);
      case Location.CopiedArgument(int index) ->
          narrowed(registers.copiedSlot(expression, index), size, isSigned);
      case Location.SystemCallArgument(int index) ->
          narrowed(registers.systemCallArgument(expression, index), size, isSigned);
      case Location.SystemCallNumber _ ->
          narrowed(registers.systemCallNumber(expression), size, isSigned);
      case Location.Result(int slot, boolean isCopied) ->
          narrowed(
              method != AttachMethod.FEXIT
                  ? registers.result()
                  : isCopied ? registers.copiedSlot(expression, slot) : registers.slot(slot),
              size,
              isSigned);
      case Location.Pointed(int index, int offset, int bytes) ->
          load(
              expression,
              code.compute(
                  Operation.ADD, registers.argument(expression, index), new Constant(offset)),
              bytes,
              false);
      case Location.Context _ -> asNumber(handler.data.contextAddress());
      case Location.Answer _ -> handler.answer.value();
      case Location.Register(int number) -> registers.register(expression, number);
      case Location.MarkArgument(ContextVariable.Operand operand, int bytes, boolean hasSign) ->
          mark(expression, operand, bytes, hasSign);
      case Location.RecordField(int offset, int bytes, boolean hasSign) ->
          extended(handler.data.contextWord(sizeOf(bytes), offset), bytes * Byte.SIZE, hasSign);
      case Location.RecordArray(int offset, int _) -> inRecord(new Constant(offset));
      case Location.RecordData(int offset, boolean isRelative) -> {
        Operand word = handler.data.contextWord(Size.WORD, offset);
        Operand place = code.compute(Operation.AND, word, new Constant(0xffff));
        yield inRecord(
            isRelative
                ? code.compute(Operation.ADD, place, new Constant(offset + Integer.BYTES))
                : place);
      }
    };
  }

  private Operand mark(
      Expression expression, ContextVariable.Operand operand, int size, boolean isSigned) {
    return switch (operand) {
      case ContextVariable.Operand.Constant(long value) -> new Constant(value);
      case ContextVariable.Operand.Register(int number) ->
          narrowed(register(number), size, isSigned);
      case ContextVariable.Operand.Memory(
              int base,
              OptionalInt index,
              int scale,
              long displacement) -> {
        Operand address = code.compute(Operation.ADD, register(base), new Constant(displacement));
        if (index.isPresent()) {
          address =
              code.compute(
                  Operation.ADD,
                  address,
                  code.compute(
                      Operation.MULTIPLY, register(index.getAsInt()), new Constant(scale)));
        }
        yield extended(load(expression, address, size, true), size * Byte.SIZE, isSigned);
      }
    };
  }

  private Operand register(int number) {
    return registers.ofDwarf(number).orElseThrow();
  }

  private Operand inRecord(Operand offset) {
    return asNumber(code.compute(Operation.ADD, handler.data.contextAddress(), offset));
  }

  /**
   * A pointer that the verifier knows, as a number that may be computed with: it forgets what it
   * knows of a value that is negated.
   */
  Operand asNumber(Operand pointer) {
    return code.compute(Operation.NEGATE, code.compute(Operation.NEGATE, pointer, ZERO), ZERO);
  }

  private static Size sizeOf(int bytes) {
    return switch (bytes) {
      case 1 -> Size.BYTE;
      case 2 -> Size.HALF;
      case 4 -> Size.WORD;
      default -> Size.DOUBLE;
    };
  }

  /** Reports what cannot be had in this probe; a number in its place. */
  Operand unavailable(Expression expression, String message) {
    return unavailable(
        Diagnostic.error(KernelDiagnostics.NOT_SUPPORTED, expression.span(), message));
  }

  Operand unavailable(Diagnostic diagnostic) {
    handler.tables.report(diagnostic);
    return ZERO;
  }

  /** What messages of faults call an expression: its first word. */
  static String token(Expression expression) {
    return switch (expression) {
      case Expression.TargetVariable variable -> "identifier '" + variable.name() + "'";
      case Expression.Cast _ -> "operator '@cast'";
      case Expression.Dereference dereference ->
          dereference.isUser() ? "operator '@uderef'" : "operator '@kderef'";
      case Expression.FunctionCall call -> "identifier '" + call.function().name() + "'";
      case Expression.Member member -> token(member.base());
      case Expression.TargetElement element -> token(element.base());
      case Expression.AddressOf address -> token(address.operand());
      case Expression.PrettyPrint print -> token(print.base());
      case Expression.Symbol symbol -> "identifier '" + symbol.name() + "'";
      default -> "operator '->'";
    };
  }
}
