package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.TaskLayout;
import java.util.Optional;

/**
 * The task that a handler is about. Mostly it is the one that runs it, which helpers tell of; where
 * the kernel goes through all tasks, it is the one in the program's context. Programs of the packet
 * filter had those helpers late, and read what they would tell.
 */
final class HandlerTask {
  private static final Constant ZERO = new Constant(0);

  /** {@code TASK_COMM_LEN}. */
  private static final int NAME_SIZE = 16;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final boolean isOther;
  private final boolean isRead;

  HandlerTask(HandlerLowering handler, AttachMethod method) {
    this.handler = handler;
    this.code = handler.code;
    this.isOther = method == AttachMethod.TASK_ITERATOR;
    this.isRead = isOther || method == AttachMethod.PACKET_HOOK;
  }

  /**
   * Whether it is another than the one that runs the handler, whose memory and stack it has not.
   */
  boolean isOther() {
    return isOther;
  }

  /** The address of its {@code task_struct}; 0 where the kernel has gone through all. */
  Operand address() {
    return isOther ? handler.contextData.registers().slot(1) : code.call(Helper.GET_CURRENT_TASK);
  }

  /** {@code bpf_get_current_pid_tgid}: its number, and above that its process'. */
  Operand numbers() {
    return call(Helper.GET_CURRENT_PID_TGID)
        .orElseGet(() -> code.call(Helper.GET_CURRENT_PID_TGID));
  }

  /** What a helper gives that tells of the task that runs it, if it is read without the helper. */
  Optional<Operand> call(Helper helper) {
    if (!isRead) {
      return Optional.empty();
    }
    TaskLayout tasks = handler.tables.tasks();
    return switch (helper) {
      case GET_CURRENT_TASK -> Optional.of(address());
      case GET_CURRENT_PID_TGID ->
          Optional.of(
              joined(
                  read(address(), tasks.process(), Size.WORD),
                  read(address(), tasks.thread(), Size.WORD)));
      case GET_CURRENT_UID_GID -> {
        Operand credentials = read(address(), tasks.credentials(), Size.DOUBLE);
        yield Optional.of(
            joined(
                read(credentials, tasks.group(), Size.WORD),
                read(credentials, tasks.user(), Size.WORD)));
      }
      default -> Optional.empty();
    };
  }

  private Operand joined(Operand high, Operand low) {
    return code.compute(
        Operation.OR, code.compute(Operation.SHIFT_LEFT, high, new Constant(Integer.SIZE)), low);
  }

  /** Writes its name where it has room, and what the helper would leave behind it. */
  void name(MemoryText place, int capacity) {
    if (!isRead) {
      code.call(
          Helper.GET_CURRENT_COMM,
          handler.memory.argument(place.address()),
          new Argument.Value(new Constant(capacity)));
      return;
    }
    copy(
        place.address(),
        Math.min(capacity, NAME_SIZE),
        code.compute(Operation.ADD, address(), new Constant(handler.tables.tasks().name())));
  }

  /** Makes memory 0: what would be there is another's. */
  void clear(Address place, int size) {
    copy(place, size, ZERO);
  }

  /** Reads memory of the kernel; 0 where it cannot be read, as the helper leaves it. */
  private Operand read(Operand base, int offset, Size size) {
    Memory.Mark mark = handler.memory.mark();
    Address slot = handler.memory.allocate(Long.BYTES);
    copy(
        slot,
        size == Size.WORD ? Integer.BYTES : Long.BYTES,
        code.compute(Operation.ADD, base, new Constant(offset)));
    Operand value = code.load(size, slot);
    handler.memory.release(mark);
    return value;
  }

  private void copy(Address place, int size, Operand address) {
    code.call(
        Helper.PROBE_READ_KERNEL,
        handler.memory.argument(place),
        new Argument.Value(new Constant(size)),
        new Argument.Value(address));
  }
}
