package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.AttachPoint.ProcessEvent.Event;
import dev.tapwright.compiler.probe.Processes;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.TaskLayout;
import java.util.List;

/**
 * What is written before a handler that runs in some processes only, or at some of the times that
 * its tracepoint is passed: elsewhere it ends at once. The kernel's data are read by helpers; where
 * they cannot be, the handler ends too.
 */
final class ProcessGuard {
  private static final Constant ZERO = new Constant(0);

  /** How far up a process' parents are followed. */
  private static final int GENERATIONS = 16;

  private static final int INIT = 1;

  /** {@code PF_KTHREAD} and {@code PF_IO_WORKER}: threads that never run a program's code. */
  private static final int KERNEL_THREADS = 0x0020_0010;

  /** {@code __USER32_CS}: the code segment of 32-bit programs, whose calls have other numbers. */
  private static final int CODE_SEGMENT_32 = 0x23;

  /** clone, fork, vfork, clone3. */
  private static final List<Integer> CREATING_CALLS = List.of(56, 57, 58, 435);

  private static final List<Integer> CREATING_CALLS_32 = List.of(120, 2, 190, 435);

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final int out;

  private ProcessGuard(HandlerLowering handler, int out) {
    this.handler = handler;
    this.code = handler.code;
    this.out = out;
  }

  /**
   * Writes what a probe needs.
   *
   * @param out the block that ends the handler
   */
  static void write(HandlerLowering handler, DerivedProbe probe, int out) {
    ProcessGuard guard = new ProcessGuard(handler, out);
    if (probe.attachPoint() instanceof AttachPoint.ProcessEvent(Event event)) {
      guard.event(event);
    }
    switch (probe.processes()) {
      case Processes.All _ -> {}
      case Processes.OfTarget _ -> guard.ofTarget();
      case Processes.Running running -> guard.running(running);
      case Processes.Numbered(long number) ->
          guard.only(Comparison.EQUAL, guard.process(), new Constant(number));
    }
  }

  private void event(Event event) {
    switch (event) {
      case FORK -> {
        beginning();
        only(Comparison.EQUAL, process(), thread());
      }
      case THREAD_BEGIN -> {
        beginning();
        only(Comparison.NOT_EQUAL, process(), thread());
      }
      case END -> {
        if (handler.tables.tasks().tellsLastThread()) {
          only(Comparison.NOT_EQUAL, handler.contextData.registers().flag(1), ZERO);
        } else {
          Operand signal = read(task(), handler.tables.tasks().signal(), Size.DOUBLE);
          only(Comparison.EQUAL, read(signal, handler.tables.tasks().live(), Size.WORD), ZERO);
        }
        ofProgram();
      }
      case THREAD_END -> {
        only(Comparison.NOT_EQUAL, process(), thread());
        ofProgram();
      }
      case EXISTING -> existing();
      case EXECUTE, SYSTEM_CALL, SYSTEM_CALL_RETURN -> {}
    }
  }

  /**
   * Only where a new thread comes out of the call that made it: the first time that the tracepoints
   * see it. The call gives it 0, and its maker a number.
   */
  private void beginning() {
    ProbeRegisters registers = handler.contextData.registers();
    only(Comparison.EQUAL, registers.slot(1), ZERO);
    Operand frame = registers.slot(0);
    Operand number = read(frame, RegisterFrame.SYSTEM_CALL_NUMBER, Size.DOUBLE);
    Operand segment = read(frame, RegisterFrame.CODE_SEGMENT, Size.DOUBLE);
    int narrow = code.newRareBlock();
    int wide = code.newBlock();
    int in = code.newBlock();
    code.branch(Comparison.EQUAL, segment, new Constant(CODE_SEGMENT_32), narrow, wide);
    code.start(narrow);
    oneOf(number, CREATING_CALLS_32, in);
    code.start(wide);
    oneOf(number, CREATING_CALLS, in);
    code.start(in);
  }

  private void oneOf(Operand number, List<Integer> values, int in) {
    for (int value : values) {
      int next = code.newBlock();
      code.branch(Comparison.EQUAL, number, new Constant(value), in, next);
      code.start(next);
    }
    code.jump(out);
  }

  /**
   * Only the first thread of a process that has a program and that the session has not started: the
   * command of {@code -c} is yet to begin.
   */
  private void existing() {
    TaskLayout tasks = handler.tables.tasks();
    only(Comparison.NOT_EQUAL, task(), ZERO);
    only(Comparison.EQUAL, process(), thread());
    only(Comparison.NOT_EQUAL, read(task(), tasks.memory(), Size.DOUBLE), ZERO);
    ofProgram();
    Operand parent = read(task(), tasks.parent(), Size.DOUBLE);
    only(
        Comparison.NOT_EQUAL,
        read(parent, tasks.process(), Size.WORD),
        code.load(Size.DOUBLE, handler.data.session(SessionLayout.OWN_PROCESS)));
  }

  private void ofProgram() {
    Operand flags = read(task(), handler.tables.tasks().flags(), Size.WORD);
    only(Comparison.EQUAL, code.compute(Operation.AND, flags, new Constant(KERNEL_THREADS)), ZERO);
  }

  private void ofTarget() {
    TaskLayout tasks = handler.tables.tasks();
    Operand target = code.load(Size.DOUBLE, handler.data.session(SessionLayout.TARGET_PROCESS));
    int in = code.newBlock();
    int some = code.newBlock();
    code.branch(Comparison.EQUAL, target, ZERO, in, some);
    code.start(some);
    int other = code.newBlock();
    code.branch(Comparison.EQUAL, process(), target, in, other);
    code.start(other);
    Operand task = task();
    for (int i = 0; i < GENERATIONS; i++) {
      task = read(task, tasks.parent(), Size.DOUBLE);
      Operand process = read(task, tasks.process(), Size.WORD);
      int next = code.newBlock();
      code.branch(Comparison.EQUAL, process, target, in, next);
      code.start(next);
      only(Comparison.GREATER, process, new Constant(INIT));
    }
    code.jump(out);
    code.start(in);
  }

  private void running(Processes.Running running) {
    TaskLayout tasks = handler.tables.tasks();
    int place = handler.tables.programOffset(running);
    Operand memory = read(task(), tasks.memory(), Size.DOUBLE);
    only(Comparison.NOT_EQUAL, memory, ZERO);
    Operand file = read(memory, tasks.program(), Size.DOUBLE);
    only(Comparison.NOT_EQUAL, file, ZERO);
    Operand inode = read(file, tasks.inode(), Size.DOUBLE);
    only(
        Comparison.EQUAL,
        read(inode, tasks.inodeNumber(), Size.DOUBLE),
        code.load(Size.DOUBLE, handler.data.session(place)));
    Operand fileSystem = read(inode, tasks.fileSystem(), Size.DOUBLE);
    only(
        Comparison.EQUAL,
        read(fileSystem, tasks.device(), Size.WORD),
        code.load(Size.DOUBLE, handler.data.session(place + SessionLayout.DEVICE)));
  }

  private Operand task() {
    return handler.task.address();
  }

  private Operand process() {
    return code.compute(Operation.SHIFT_RIGHT_UNSIGNED, handler.task.numbers(), new Constant(32));
  }

  private Operand thread() {
    return code.low32(handler.task.numbers());
  }

  /** Goes on only where that holds. */
  private void only(Comparison comparison, Operand left, Operand right) {
    int in = code.newBlock();
    code.branch(comparison, left, right, in, out);
    code.start(in);
  }

  private Operand read(Operand base, int offset, Size size) {
    Operand address = code.compute(Operation.ADD, base, new Constant(offset));
    Memory.Mark mark = handler.memory.mark();
    Address slot = handler.memory.allocate(Long.BYTES);
    Helper modern = Helper.PROBE_READ_KERNEL;
    Operand failure =
        code.call(
            handler.tables.profile().has(modern) ? modern : Helper.PROBE_READ,
            handler.memory.argument(slot),
            new Argument.Value(new Constant(size == Size.WORD ? Integer.BYTES : Long.BYTES)),
            new Argument.Value(address));
    only(Comparison.EQUAL, failure, ZERO);
    Operand value = code.load(size, slot);
    handler.memory.release(mark);
    return value;
  }
}
