package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.assembler.Assembly;
import dev.tapwright.compiler.assembler.AssemblyOperand;
import dev.tapwright.compiler.assembler.AssemblyOperand.InRegister;
import dev.tapwright.compiler.assembler.AssemblyOperand.Number;
import dev.tapwright.compiler.assembler.AssemblyOperand.Text;
import dev.tapwright.compiler.assembler.AssemblyStep;
import dev.tapwright.compiler.assembler.AssemblyStep.Comparison;
import dev.tapwright.compiler.assembler.AssemblyStep.Operation;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import dev.tapwright.syntax.format.FormatPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One run of a block of assembler. What a kernel's verifier would refuse is a fault here. */
final class AssemblyRun {
  private final AssemblyCode code;
  private final Activation activation;
  private final Execution execution;
  private final AssemblyMemory memory = new AssemblyMemory();
  private final AssemblyHelpers helpers;
  private final long[] registers;
  private int at;

  AssemblyRun(AssemblyCode code, Activation activation) {
    this.code = code;
    this.activation = activation;
    execution = activation.execution();
    helpers = new AssemblyHelpers(execution, memory);
    registers = new long[code.registers()];
  }

  /** Runs it to its end, and gives the activation its result. */
  void run() {
    begin();
    while (at < code.steps().size()) {
      int next = step(code.steps().get(at));
      if (next <= at) {
        execution.spend(place());
      }
      at = next;
    }
    switch (code.result()) {
      case STRING -> activation.setResult(execution.cut(text(registers[Assembly.RESULT])));
      case LONG -> activation.setResult(registers[Assembly.RESULT]);
      case UNKNOWN, STATISTICS -> {}
    }
  }

  private void begin() {
    int number = 0;
    int text = 0;
    for (int i = 0; i < code.parameters().size(); i++) {
      registers[Assembly.PARAMETERS + i] =
          code.parameters().get(i) == Type.STRING
              ? address(activation.text(text++))
              : activation.number(number++);
    }
    registers[Assembly.FRAME] = allocated(Assembly.STACK_BYTES) + Assembly.STACK_BYTES;
    if (code.result() == Type.STRING) {
      registers[Assembly.RESULT] = address("");
    }
  }

  private int place() {
    return at < code.places().size() ? code.places().get(at) : 0;
  }

  private ScriptFault fault(String message) {
    return new ScriptFault(message, place(), true);
  }

  private ScriptFault badAddress(long address) {
    return fault("bad address 0x%x in assembler".formatted(address));
  }

  private long allocated(int bytes) {
    return memory.allocate(bytes).orElseThrow(() -> fault("no memory left in assembler"));
  }

  private long address(String text) {
    return memory.text(text).orElseThrow(() -> fault("no memory left in assembler"));
  }

  private String text(long address) {
    return memory.text(address, execution.stringLength()).orElseThrow(() -> badAddress(address));
  }

  private long value(AssemblyOperand operand) {
    return switch (operand) {
      case InRegister(int register) -> registers[register];
      case Number(long value) -> value;
      case Text(String bytes) -> address(bytes);
    };
  }

  /** Does a step; gives the place of the next. */
  private int step(AssemblyStep step) {
    switch (step) {
      case AssemblyStep.Compute compute -> compute(compute);
      case AssemblyStep.ByteOrder(boolean isBig, int bits, int register) ->
          registers[register] = inOrder(isBig, bits, registers[register]);
      case AssemblyStep.Load(int bytes, int destination, int base, int offset) ->
          registers[destination] = read(registers[base] + offset, bytes);
      case AssemblyStep.Store(int bytes, int base, int offset, AssemblyOperand value) ->
          write(registers[base] + offset, bytes, value(value));
      case AssemblyStep.Atomic atomic -> atomic(atomic);
      case AssemblyStep.Jump(int target) -> {
        return target;
      }
      case AssemblyStep.JumpIf jump -> {
        return holds(jump) ? jump.target() : at + 1;
      }
      case AssemblyStep.Call(int helper, List<AssemblyOperand> arguments, var destination) -> {
        long[] values = arguments.stream().mapToLong(this::value).toArray();
        registers[0] = helpers.call(helper, values, place());
        destination.ifPresent(register -> registers[register] = registers[0]);
      }
      case AssemblyStep.Format format -> format(format);
      case AssemblyStep.Allocate(int destination, int bytes) ->
          registers[destination] = allocated(bytes);
      case AssemblyStep.EndSession() -> execution.exit();
      case AssemblyStep.EndHandler() -> throw execution.endOfHandler();
      case AssemblyStep.Error(var way, AssemblyOperand message) -> {
        ScriptFault fault = fault(text(value(message)));
        switch (way) {
          case JUMP_TO_CATCH -> {
            if (execution.isCaught()) {
              throw fault;
            }
          }
          case REGISTER -> execution.register(fault);
        }
      }
    }
    return at + 1;
  }

  private static long inOrder(boolean isBig, int bits, long number) {
    int others = Long.SIZE - bits;
    return isBig ? Long.reverseBytes(number) >>> others : number << others >>> others;
  }

  private long read(long address, int bytes) {
    return memory.read(address, bytes).orElseThrow(() -> badAddress(address));
  }

  private void write(long address, int bytes, long value) {
    if (!memory.write(address, bytes, value)) {
      throw badAddress(address);
    }
  }

  private void compute(AssemblyStep.Compute compute) {
    long left = registers[compute.destination()];
    long right = value(compute.source());
    if (compute.is64Bit()) {
      registers[compute.destination()] = computed(compute.operation(), left, right);
      return;
    }
    boolean isSigned = compute.operation() == Operation.SHIFT_RIGHT;
    long low = isSigned ? (int) left : Integer.toUnsignedLong((int) left);
    boolean isShift =
        switch (compute.operation()) {
          case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> true;
          default -> false;
        };
    long other = isShift ? right & (Integer.SIZE - 1) : Integer.toUnsignedLong((int) right);
    registers[compute.destination()] =
        Integer.toUnsignedLong((int) computed(compute.operation(), low, other));
  }

  private static long computed(Operation operation, long left, long right) {
    return switch (operation) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> right == 0 ? 0 : Long.divideUnsigned(left, right);
      case OR -> left | right;
      case AND -> left & right;
      case SHIFT_LEFT -> left << right;
      case SHIFT_RIGHT_UNSIGNED -> left >>> right;
      case NEGATE -> -left;
      case MODULO -> right == 0 ? left : Long.remainderUnsigned(left, right);
      case EXCLUSIVE_OR -> left ^ right;
      case MOVE -> right;
      case SHIFT_RIGHT -> left >> right;
    };
  }

  private boolean holds(AssemblyStep.JumpIf jump) {
    long left = registers[jump.left()];
    long right = value(jump.right());
    // Sign-extended halves compare as the halves do, signed and unsigned.
    return jump.is64Bit()
        ? holds(jump.comparison(), left, right)
        : holds(jump.comparison(), signExtended(left), signExtended(right));
  }

  private static long signExtended(long value) {
    return value << Integer.SIZE >> Integer.SIZE;
  }

  private static boolean holds(Comparison comparison, long left, long right) {
    return switch (comparison) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER_UNSIGNED -> Long.compareUnsigned(left, right) > 0;
      case GREATER_OR_EQUAL_UNSIGNED -> Long.compareUnsigned(left, right) >= 0;
      case LESS_UNSIGNED -> Long.compareUnsigned(left, right) < 0;
      case LESS_OR_EQUAL_UNSIGNED -> Long.compareUnsigned(left, right) <= 0;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case BITS_SET -> (left & right) != 0;
    };
  }

  private void atomic(AssemblyStep.Atomic atomic) {
    long address = registers[atomic.base()] + atomic.offset();
    long old = read(address, atomic.bytes());
    long value = registers[atomic.value()];
    long result =
        switch (atomic.operation()) {
          case ADD -> old + value;
          case OR -> old | value;
          case AND -> old & value;
          case EXCLUSIVE_OR -> old ^ value;
          case EXCHANGE -> value;
        };
    write(address, atomic.bytes(), result);
    if (atomic.isFetched()) {
      registers[atomic.value()] = old;
    }
  }

  private void format(AssemblyStep.Format format) {
    List<Value> values = new ArrayList<>();
    Iterator<AssemblyOperand> arguments = format.arguments().iterator();
    for (FormatPart part : format.format().parts()) {
      if (part instanceof FormatPart.Directive directive && arguments.hasNext()) {
        long value = value(arguments.next());
        values.add(
            directive.conversion() == FormatPart.Conversion.STRING
                ? new StringValue(text(value))
                : new LongValue(value));
      }
    }
    String text = FormatRenderer.render(format.format(), values);
    Optional<Long> result = Optional.empty();
    if (format.isPrinted()) {
      execution.print(text);
    } else {
      result = Optional.of(address(execution.cut(text)));
    }
    long given = result.orElse(0L);
    format.destination().ifPresent(register -> registers[register] = given);
  }
}
