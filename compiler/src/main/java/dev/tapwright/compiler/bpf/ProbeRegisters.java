package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a handler finds without knowing types: the registers as they were where its probe was hit,
 * and the arguments that they, the stack or a trampoline's slots hold.
 */
final class ProbeRegisters {
  private static final String NO_ARGUMENTS = "arguments are not at hand in this probe";

  /** Arguments of a function that are told by number; those of a system call are six. */
  private static final int NUMBERED = 6;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final ContextData data;
  private final AttachPoint attachPoint;
  private final AttachMethod method;

  ProbeRegisters(
      HandlerLowering handler, ContextData data, AttachPoint attachPoint, AttachMethod method) {
    this.handler = handler;
    this.code = handler.code;
    this.data = data;
    this.attachPoint = attachPoint;
    this.method = method;
  }

  /** A register by its DWARF number; what cannot be had is reported. */
  Operand register(Expression expression, int number) {
    if (!hasRegisters()) {
      return absent(
          expression,
          "registers are not at hand in this probe, which is attached by " + method.description());
    }
    return ofDwarf(number)
        .orElseGet(
            () ->
                data.unavailable(
                    expression,
                    "x86-64 has no register of DWARF number %d: they are 0 (rax) to 16 (rip)"
                        .formatted(number)));
  }

  /** A register by its DWARF number, in a probe that has them. */
  Optional<Operand> ofDwarf(int number) {
    return RegisterFrame.ofDwarf(number).stream().mapToObj(this::frame).findFirst();
  }

  /** Whether the handler is given the registers. */
  boolean hasRegisters() {
    return switch (method) {
      case KPROBE, KRETPROBE, UPROBE, URETPROBE, PERF_EVENT, WATCHPOINT, UNAVAILABLE -> true;
      case RAW_TRACEPOINT,
          TASK_ITERATOR,
          FENTRY,
          FEXIT,
          SECURITY_HOOK,
          PACKET_HOOK,
          TRACEPOINT,
          USER_SPACE,
          COUNTER,
          NOT_CARRIED ->
          false;
    };
  }

  /** The register in which functions return. */
  Operand result() {
    return frame(RegisterFrame.RESULT);
  }

  /** What the function or system call gives that the handler's probe is the return of. */
  Operand result(Expression expression) {
    if (method == AttachMethod.RAW_TRACEPOINT && isSystemCall("sys_exit")) {
      return slotOf(1);
    }
    return hasRegisters()
        ? result()
        : absent(expression, "what a function returns is not at hand in this probe");
  }

  /**
   * Reports what only registers tell, with the reason why there are none; a number in its place.
   */
  Operand absent(Expression expression, String message) {
    Diagnostic error =
        Diagnostic.error(KernelDiagnostics.NOT_SUPPORTED, expression.span(), message);
    return data.unavailable(
        switch (method) {
          case RAW_TRACEPOINT, TASK_ITERATOR, TRACEPOINT ->
              error.withNote("a tracepoint has none: probe a function, or ask for its variables");
          case SECURITY_HOOK, PACKET_HOOK ->
              error.withNote("a hook has none: ask for its variables");
          case FENTRY, FEXIT ->
              handler.tables.profile().has(KernelFeature.KPROBES)
                  ? error.withNote(
                      "they and the arguments at a return are not there together: keep arguments by @entry($x)")
                  : error.withNote("only kprobes have them, and this kernel was built without");
          case KPROBE, KRETPROBE, UPROBE, URETPROBE, PERF_EVENT, WATCHPOINT, UNAVAILABLE -> error;
          case USER_SPACE, COUNTER, NOT_CARRIED -> error;
        });
  }

  /** An argument of the function, counted from 0 in registers' sizes. */
  Operand argument(Expression expression, int index) {
    return switch (method) {
      case RAW_TRACEPOINT -> slotOf(index);
      case FENTRY, FEXIT, SECURITY_HOOK, PACKET_HOOK -> slot(index);
      case KPROBE, UPROBE, UNAVAILABLE -> {
        OptionalInt offset = RegisterFrame.ofArgument(index);
        yield offset.isPresent() ? frame(offset.getAsInt()) : onStack(expression, index);
      }
      case KRETPROBE,
          URETPROBE,
          TRACEPOINT,
          TASK_ITERATOR,
          PERF_EVENT,
          WATCHPOINT,
          USER_SPACE,
          COUNTER,
          NOT_CARRIED ->
          data.unavailable(expression, NO_ARGUMENTS);
    };
  }

  /** An argument of the system call that this is the entry or return of, counted from 0. */
  Operand systemCallArgument(Expression expression, int index) {
    if (method != AttachMethod.RAW_TRACEPOINT) {
      return data.unavailable(expression, NO_ARGUMENTS);
    }
    Operand place =
        code.compute(
            Operation.ADD, slotOf(0), new Constant(RegisterFrame.ofSystemCallArgument(index)));
    return data.load(expression, place, Long.BYTES, false);
  }

  /** The number of the system call that this is the entry or return of. */
  Operand systemCallNumber(Expression expression) {
    if (isSystemCall("sys_enter")) {
      return slotOf(1);
    }
    Operand place =
        code.compute(Operation.ADD, slotOf(0), new Constant(RegisterFrame.SYSTEM_CALL_NUMBER));
    return data.load(expression, place, Long.BYTES, false);
  }

  /**
   * An argument of the function or system call, counted from 1 as SystemTap's {@code int_arg()}
   * does; a number that none has is a fault.
   */
  Operand numbered(Expression.FunctionCall call, Operand number) {
    boolean isSystemCall = isSystemCall("sys_enter") || isSystemCall("sys_exit");
    if (!isSystemCall
        && (attachPoint instanceof AttachPoint.Tracepoint
            || attachPoint instanceof AttachPoint.ProcessEvent)) {
      return data.unavailable(call, NO_ARGUMENTS);
    }
    if (number instanceof Constant(long constant)) {
      if (constant < 1 || (isSystemCall && constant > NUMBERED) || constant > Byte.MAX_VALUE) {
        return data.unavailable(call, "there is no argument " + constant);
      }
      int index = (int) constant - 1;
      return isSystemCall ? systemCallArgument(call, index) : untyped(call, index);
    }
    Virtual value = code.fresh();
    int end = code.newBlock();
    for (int i = 0; i < NUMBERED; i++) {
      int here = code.newBlock();
      int next = code.newBlock();
      code.branch(Comparison.EQUAL, number, new Constant(i + 1), here, next);
      code.start(here);
      code.copy(value, isSystemCall ? systemCallArgument(call, i) : untyped(call, i));
      code.jump(end);
      code.start(next);
    }
    code.jump(
        handler.faults.block(
            "cannot access function argument", ContextData.token(call), call.span()));
    code.start(end);
    return value;
  }

  private Operand untyped(Expression expression, int index) {
    return switch (method) {
      case FENTRY, FEXIT, SECURITY_HOOK -> copiedSlot(expression, index);
      default -> argument(expression, index);
    };
  }

  private boolean isSystemCall(String tracepoint) {
    return switch (attachPoint) {
      case AttachPoint.Tracepoint(String _, String name) -> name.equals(tracepoint);
      case AttachPoint.ProcessEvent(AttachPoint.ProcessEvent.Event event) ->
          (event == AttachPoint.ProcessEvent.Event.SYSTEM_CALL
                  || event == AttachPoint.ProcessEvent.Event.SYSTEM_CALL_RETURN)
              && event.tracepoint().equals(tracepoint);
      default -> false;
    };
  }

  /** Behind the return address, which the stack's pointer points at. */
  private Operand onStack(Expression expression, int index) {
    Operand place =
        code.compute(
            Operation.ADD,
            frame(RegisterFrame.STACK),
            new Constant((index - NUMBERED + 1L) * Long.BYTES));
    return data.load(expression, place, Long.BYTES, method == AttachMethod.UPROBE);
  }

  /** A slot of the context, as a number that may be computed with. */
  Operand slot(int index) {
    return data.asNumber(slotOf(index));
  }

  /** The same, whatever the verifier takes it for. */
  Operand copiedSlot(Expression expression, int index) {
    Operand context = data.asNumber(handler.data.contextAddress());
    return data.load(
        expression,
        code.compute(Operation.ADD, context, new Constant(Long.BYTES * (long) index)),
        Long.BYTES,
        false);
  }

  /** A slot of the context that holds a {@code bool}. */
  Operand flag(int index) {
    return code.compute(Operation.AND, slot(index), new Constant(0xff));
  }

  private Virtual slotOf(int index) {
    return handler.data.contextWord(Size.DOUBLE, Long.BYTES * index);
  }

  private Operand frame(int offset) {
    return handler.data.contextWord(Size.DOUBLE, offset);
  }
}
