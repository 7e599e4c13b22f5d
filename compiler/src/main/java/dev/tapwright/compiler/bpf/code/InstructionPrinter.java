package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import java.util.List;

/** Instructions as LLVM's assembler and the verifier's log write them. */
public final class InstructionPrinter {
  private InstructionPrinter() {}

  /**
   * A program, a line an instruction, each with its place in the list. Jumps name places in the
   * list.
   */
  public static String print(List<Instruction> instructions) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < instructions.size(); i++) {
      text.append("%4d: %s%n".formatted(i, print(instructions.get(i))));
    }
    return text.toString();
  }

  /** One instruction. */
  public static String print(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Arithmetic arithmetic -> arithmetic(arithmetic);
      case Instruction.LoadConstant(Register destination, long value) ->
          destination + " = " + value + " ll";
      case Instruction.LoadMap(Register destination, int map) ->
          destination + " = map[" + map + "] ll";
      case Instruction.LoadMapValue(Register destination, int map, int offset) ->
          destination + " = map[" + map + "][0] + " + offset + " ll";
      case Instruction.LoadFunction(Register destination, var function) ->
          destination + " = <" + function.task() + "> ll";
      case Instruction.FunctionStart(var function) -> "<" + function.task() + ">:";
      case Instruction.Load(Size size, Register destination, Register base, int offset) ->
          destination + " = " + memory(size, base, offset);
      case Instruction.Store(Size size, Register base, int offset, Source source) ->
          memory(size, base, offset) + " = " + source(source, true);
      case Instruction.Atomic(
              AtomicOperation operation,
              Size size,
              Register base,
              int offset,
              Register source) ->
          switch (operation) {
            case ADD -> "lock " + memory(size, base, offset) + " += " + source;
            case OR -> "lock " + memory(size, base, offset) + " |= " + source;
            case AND -> "lock " + memory(size, base, offset) + " &= " + source;
            case EXCLUSIVE_OR -> "lock " + memory(size, base, offset) + " ^= " + source;
            case FETCH_ADD -> fetched("add", source, memory(size, base, offset));
            case FETCH_OR -> fetched("or", source, memory(size, base, offset));
            case FETCH_AND -> fetched("and", source, memory(size, base, offset));
            case FETCH_EXCLUSIVE_OR -> fetched("xor", source, memory(size, base, offset));
            case EXCHANGE -> source + " = xchg(" + memory(size, base, offset) + ", " + source + ")";
            case COMPARE_EXCHANGE ->
                "r0 = cmpxchg(" + memory(size, base, offset) + ", r0, " + source + ")";
          };
      case Instruction.JumpIf(
              Comparison comparison,
              boolean is64Bit,
              Register left,
              Source right,
              int target) ->
          "if %s %s %s goto %d"
              .formatted(name(left, is64Bit), symbol(comparison), source(right, is64Bit), target);
      case Instruction.Jump(int target) -> "goto " + target;
      case Instruction.MayGoto(int target) -> "may_goto " + target;
      case Instruction.Call(var helper) -> "call " + helper.kernelName() + "#" + helper.id();
      case Instruction.CallFunction(int target) -> "call " + target;
      case Instruction.Exit() -> "exit";
    };
  }

  private static String name(Register register, boolean is64Bit) {
    return is64Bit ? register.toString() : "w" + register.number();
  }

  private static String source(Source source, boolean is64Bit) {
    return switch (source) {
      case Source.InRegister(Register register) -> name(register, is64Bit);
      case Source.Immediate(int value) -> Integer.toString(value);
    };
  }

  private static String fetched(String operation, Register source, String memory) {
    return source + " = atomic_fetch_" + operation + "(" + memory + ", " + source + ")";
  }

  private static String memory(Size size, Register base, int offset) {
    return "*(u%d *)(%s %s %d)"
        .formatted(8 * size.bytes(), base, offset < 0 ? "-" : "+", Math.abs(offset));
  }

  private static String arithmetic(Instruction.Arithmetic arithmetic) {
    String destination = name(arithmetic.destination(), arithmetic.is64Bit());
    String source = source(arithmetic.source(), arithmetic.is64Bit());
    return switch (arithmetic.operation()) {
      case NEGATE -> destination + " = -" + destination;
      default -> destination + " " + symbol(arithmetic.operation()) + " " + source;
    };
  }

  private static String symbol(Operation operation) {
    return switch (operation) {
      case ADD -> "+=";
      case SUBTRACT -> "-=";
      case MULTIPLY -> "*=";
      case DIVIDE -> "/=";
      case OR -> "|=";
      case AND -> "&=";
      case SHIFT_LEFT -> "<<=";
      case SHIFT_RIGHT_UNSIGNED -> ">>=";
      case NEGATE, MOVE -> "=";
      case MODULO -> "%=";
      case EXCLUSIVE_OR -> "^=";
      case SHIFT_RIGHT -> "s>>=";
      case DIVIDE_SIGNED -> "s/=";
      case MODULO_SIGNED -> "s%=";
    };
  }

  private static String symbol(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case GREATER_UNSIGNED -> ">";
      case GREATER_OR_EQUAL_UNSIGNED -> ">=";
      case LESS_UNSIGNED -> "<";
      case LESS_OR_EQUAL_UNSIGNED -> "<=";
      case GREATER -> "s>";
      case GREATER_OR_EQUAL -> "s>=";
      case LESS -> "s<";
      case LESS_OR_EQUAL -> "s<=";
      case BITS_SET -> "&";
    };
  }
}
