package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyReader.Written;
import dev.tapwright.compiler.assembler.AssemblyStep.AtomicOperation;
import dev.tapwright.compiler.assembler.AssemblyStep.Operation;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes steps of the instructions of a block; {@link AssemblyDirectives} does the other statements.
 */
final class AssemblySteps {
  private static final int FETCH = 0x01;

  private final AssemblyProblems problems;
  private final AssemblyOperands operands;
  private final AssemblyDirectives directives;
  private final Map<String, Integer> labels;
  private final List<AssemblyStep> steps = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();

  /** Slots that each statement has, 0 where that is not known: what jumps by number count. */
  private final List<Integer> slots = new ArrayList<>();

  /** Jumps by number: the place of each, and the slots. */
  private record ByNumber(int step, long slots, WrittenOperand operand) {}

  private final List<ByNumber> byNumber = new ArrayList<>();

  AssemblySteps(
      AssemblyProblems problems,
      AssemblyRegisters registers,
      Map<String, Integer> labels,
      int stringBytes) {
    this.problems = problems;
    this.labels = labels;
    operands = new AssemblyOperands(problems, registers, stringBytes);
    directives = new AssemblyDirectives(problems, operands);
  }

  /** Adds the step of a statement; after a mistake one that does nothing, so that labels stay. */
  void add(Written written) {
    Optional<Opcode> opcode = opcode(written);
    Optional<AssemblyStep> step =
        opcode.isPresent() ? instruction(opcode.get(), written) : directives.step(written);
    steps.add(step.orElse(new AssemblyStep.Jump(steps.size() + 1)));
    spans.add(problems.span(written.opcode().start(), written.end()));
    slots.add(opcode.isEmpty() ? 0 : opcode.get() instanceof Opcode.Constant ? 2 : 1);
  }

  /** The steps, with all jumps resolved. */
  List<AssemblyStep> finished() {
    for (ByNumber jump : byNumber) {
      steps.set(jump.step(), retargeted(steps.get(jump.step()), target(jump)));
    }
    return steps;
  }

  /** Where each stands. */
  List<Span> spans() {
    return spans;
  }

  private static Optional<Opcode> opcode(Written written) {
    String text = written.opcode().text();
    return Character.isDigit(text.charAt(0)) ? Opcode.of(number(text)) : Opcode.named(text);
  }

  private static long number(String text) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException malformed) {
      return -1;
    }
  }

  /** The operands of an instruction; empty offset and immediate are 0. */
  private record Operands(
      WrittenOperand destination,
      WrittenOperand source,
      WrittenOperand offset,
      WrittenOperand immediate) {}

  private Optional<AssemblyStep> instruction(Opcode opcode, Written written) {
    List<WrittenOperand> given = written.operands();
    if (given.size() == 4) {
      return full(
          opcode, written, new Operands(given.get(0), given.get(1), given.get(2), given.get(3)));
    }
    WrittenOperand absent = new WrittenOperand.Absent(written.end(), written.end());
    int wanted =
        switch (opcode) {
          case Opcode.Exit _ -> 0;
          case Opcode.Always _, Opcode.Call _ -> 1;
          case Opcode.Arithmetic arithmetic -> arithmetic.operation() == Operation.NEGATE ? 1 : 2;
          case Opcode.Conditional _ -> 3;
          default -> 2;
        };
    if (given.size() != wanted) {
      problems.add(
          written.opcode(),
          "'%s' takes %d operands, or destination, source, offset and immediate; here are %d"
              .formatted(written.opcode().text(), wanted, given.size()));
      return Optional.empty();
    }
    return switch (opcode) {
      case Opcode.Exit _ -> full(opcode, written, new Operands(absent, absent, absent, absent));
      case Opcode.Always _ ->
          full(opcode, written, new Operands(absent, absent, given.getFirst(), absent));
      case Opcode.Call _ ->
          full(opcode, written, new Operands(absent, absent, absent, given.getFirst()));
      case Opcode.Arithmetic _ when wanted == 1 ->
          full(opcode, written, new Operands(given.getFirst(), absent, absent, absent));
      case Opcode.Arithmetic arithmetic ->
          isValue(given.get(1))
              ? full(
                  new Opcode.Arithmetic(arithmetic.operation(), arithmetic.is64Bit(), false),
                  written,
                  new Operands(given.get(0), absent, absent, given.get(1)))
              : full(
                  new Opcode.Arithmetic(arithmetic.operation(), arithmetic.is64Bit(), true),
                  written,
                  new Operands(given.get(0), given.get(1), absent, absent));
      case Opcode.Conditional jump ->
          isValue(given.get(1))
              ? full(
                  new Opcode.Conditional(jump.comparison(), jump.is64Bit(), false),
                  written,
                  new Operands(given.get(0), absent, given.get(2), given.get(1)))
              : full(
                  new Opcode.Conditional(jump.comparison(), jump.is64Bit(), true),
                  written,
                  new Operands(given.get(0), given.get(1), given.get(2), absent));
      case Opcode.Constant _, Opcode.MapAddress _, Opcode.ByteOrder _ ->
          full(opcode, written, new Operands(given.get(0), absent, absent, given.get(1)));
      case Opcode.Load _ -> {
        Optional<WrittenOperand.Memory> memory = memory(given.get(1), written);
        yield memory.isEmpty()
            ? Optional.empty()
            : full(
                opcode,
                written,
                new Operands(given.get(0), memory.get().base(), offset(memory.get()), absent));
      }
      case Opcode.Store(int _, boolean isOfRegister) -> {
        Optional<WrittenOperand.Memory> memory = memory(given.get(0), written);
        yield memory.isEmpty()
            ? Optional.empty()
            : full(
                opcode,
                written,
                new Operands(
                    memory.get().base(),
                    isOfRegister ? given.get(1) : absent,
                    offset(memory.get()),
                    isOfRegister ? absent : given.get(1)));
      }
      case Opcode.Atomic _ -> {
        Optional<WrittenOperand.Memory> memory = memory(given.get(0), written);
        yield memory.isEmpty()
            ? Optional.empty()
            : full(
                opcode,
                written,
                new Operands(memory.get().base(), given.get(1), offset(memory.get()), absent));
      }
    };
  }

  /** Whether an operand of the short form is a number rather than a register. */
  private boolean isValue(WrittenOperand operand) {
    return operand instanceof WrittenOperand.Number
        || (operand instanceof WrittenOperand.Word word && operands.isConstant(word.text()));
  }

  private static WrittenOperand offset(WrittenOperand.Memory memory) {
    return new WrittenOperand.Number(memory.start(), memory.end(), memory.offset());
  }

  private Optional<WrittenOperand.Memory> memory(WrittenOperand operand, Written written) {
    if (operand instanceof WrittenOperand.Memory memory) {
      return Optional.of(memory);
    }
    problems.add(
        operand.start(),
        operand.end(),
        "'%s' takes a place in memory here: [register + offset]"
            .formatted(written.opcode().text()));
    return Optional.empty();
  }

  private Optional<AssemblyStep> full(Opcode opcode, Written written, Operands given) {
    int before = problems.diagnostics().size();
    AssemblyStep step =
        switch (opcode) {
          case Opcode.Arithmetic(Operation operation, boolean is64Bit, boolean isOfRegister) ->
              new AssemblyStep.Compute(
                  operation,
                  is64Bit,
                  operands.assigned(given.destination()),
                  operation == Operation.NEGATE
                      ? new AssemblyOperand.Number(0)
                      : value(isOfRegister, operation == Operation.MOVE, given));
          case Opcode.Conditional(var comparison, boolean is64Bit, boolean isOfRegister) ->
              new AssemblyStep.JumpIf(
                  comparison,
                  is64Bit,
                  operands.register(given.destination()),
                  value(isOfRegister, false, given),
                  label(given.offset()));
          case Opcode.ByteOrder(boolean isBig) -> byteOrder(isBig, written, given);
          case Opcode.Always() -> new AssemblyStep.Jump(label(given.offset()));
          case Opcode.Load(int bytes) ->
              new AssemblyStep.Load(
                  bytes,
                  operands.assigned(given.destination()),
                  operands.register(given.source()),
                  operands.offset(given.offset()));
          case Opcode.Store(int bytes, boolean isOfRegister) ->
              new AssemblyStep.Store(
                  bytes,
                  operands.register(given.destination()),
                  operands.offset(given.offset()),
                  value(isOfRegister, false, given));
          case Opcode.Atomic(int bytes) -> atomic(bytes, written, given);
          case Opcode.Constant() ->
              new AssemblyStep.Compute(
                  Operation.MOVE,
                  true,
                  operands.assigned(given.destination()),
                  new AssemblyOperand.Number(operands.number(given.immediate(), false)));
          case Opcode.MapAddress() -> {
            problems.add(
                written.opcode(),
                "the maps of stapbpf are not there: use the globals of the script, and exit() and print() around the block");
            yield new AssemblyStep.EndHandler();
          }
          case Opcode.Call() -> directives.call(given.immediate());
          case Opcode.Exit() -> new AssemblyStep.EndHandler();
        };
    return problems.diagnostics().size() == before ? Optional.of(step) : Optional.empty();
  }

  private AssemblyOperand value(boolean isOfRegister, boolean mayBeText, Operands given) {
    if (!isOfRegister) {
      return new AssemblyOperand.Number(operands.number(given.immediate(), true));
    }
    return mayBeText && given.source() instanceof WrittenOperand.Text text
        ? operands.text(text)
        : new AssemblyOperand.InRegister(operands.register(given.source()));
  }

  private AssemblyStep byteOrder(boolean isBig, Written written, Operands given) {
    long bits = operands.number(given.immediate(), true);
    if (bits != 16 && bits != 32 && bits != 64) {
      problems.add(
          written.opcode(), "'%s' takes 16, 32 or 64 bits".formatted(written.opcode().text()));
    }
    return new AssemblyStep.ByteOrder(isBig, (int) bits, operands.assigned(given.destination()));
  }

  private AssemblyStep atomic(int bytes, Written written, Operands given) {
    long which = operands.number(given.immediate(), true);
    boolean isFetched = (which & FETCH) != 0;
    Optional<AtomicOperation> operation =
        switch ((int) (which & ~FETCH)) {
          case 0x00 -> Optional.of(AtomicOperation.ADD);
          case 0x40 -> Optional.of(AtomicOperation.OR);
          case 0x50 -> Optional.of(AtomicOperation.AND);
          case 0xa0 -> Optional.of(AtomicOperation.EXCLUSIVE_OR);
          case 0xe0 -> isFetched ? Optional.of(AtomicOperation.EXCHANGE) : Optional.empty();
          default -> Optional.empty();
        };
    if (operation.isEmpty()) {
      problems.add(
          written.opcode(),
          "%s is no atomic operation that is carried: 0x00 adds, 0x40 is or, 0x50 and, 0xa0 xor, 0xe1 exchanges; 0x01 more gives the old value"
              .formatted(Opcode.hexadecimal(which)));
    }
    return new AssemblyStep.Atomic(
        operation.orElse(AtomicOperation.ADD),
        isFetched,
        bytes,
        operands.register(given.destination()),
        operands.offset(given.offset()),
        operands.register(given.source()));
  }

  private int label(WrittenOperand operand) {
    if (operand instanceof WrittenOperand.Word word) {
      Integer target = labels.get(word.text());
      if (target == null) {
        problems.add(word.token(), "undefined label '%s'".formatted(word.text()));
        return 0;
      }
      return target;
    }
    if (operand instanceof WrittenOperand.Number number) {
      byNumber.add(new ByNumber(steps.size(), number.value(), operand));
    } else {
      problems.add(operand.start(), operand.end(), "expected a label to jump to");
    }
    return 0;
  }

  /** The step that lies so many slots behind a jump. */
  private int target(ByNumber jump) {
    long left = jump.slots();
    int direction = left < 0 ? -1 : 1;
    int at = jump.step() + 1;
    while (left != 0) {
      int passed = left < 0 ? at - 1 : at;
      int size = passed < 0 || passed >= slots.size() ? 0 : slots.get(passed);
      if (size == 0 || size > left * direction) {
        break;
      }
      left -= (long) size * direction;
      at += direction;
    }
    if (left == 0) {
      return at;
    }
    problems.add(
        jump.operand().start(),
        jump.operand().end(),
        "no instruction is %d slots on as can be counted: write a label".formatted(jump.slots()));
    return 0;
  }

  private static AssemblyStep retargeted(AssemblyStep step, int target) {
    return switch (step) {
      case AssemblyStep.Jump _ -> new AssemblyStep.Jump(target);
      case AssemblyStep.JumpIf(var comparison, boolean is64Bit, int left, var right, int _) ->
          new AssemblyStep.JumpIf(comparison, is64Bit, left, right, target);
      default -> step;
    };
  }
}
