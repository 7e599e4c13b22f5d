package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the arguments of a call to R1 and following, all at once: one may lie where another must
 * go.
 */
final class CallArguments {
  private CallArguments() {}

  /** The instructions that do it. */
  static List<Instruction> moves(List<Argument> arguments, RegisterAllocation allocation) {
    List<Instruction> result = new ArrayList<>();
    Map<Register, Register> pending = new EnumMap<>(Register.class);
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Argument.Value(Virtual virtual)) {
        Register destination = parameter(i);
        Register source = allocation.of(virtual);
        if (source != destination) {
          pending.put(destination, source);
        }
      }
    }
    while (!pending.isEmpty()) {
      Map.Entry<Register, Register> ready =
          pending.entrySet().stream()
              .filter(move -> !pending.containsValue(move.getKey()))
              .findFirst()
              .orElseGet(
                  () -> {
                    // Only cycles are left. R0 is free by now: what it held for this call has been
                    // moved.
                    Map.Entry<Register, Register> first = pending.entrySet().iterator().next();
                    Register broken = first.getKey();
                    result.add(move(Register.R0, broken));
                    pending.replaceAll((_, source) -> source == broken ? Register.R0 : source);
                    return Map.entry(broken, first.getValue());
                  });
      result.add(move(ready.getKey(), ready.getValue()));
      pending.remove(ready.getKey());
    }
    for (int i = 0; i < arguments.size(); i++) {
      Register destination = parameter(i);
      switch (arguments.get(i)) {
        case Argument.Value(Virtual _) -> {}
        case Argument.Value(Constant constant) -> result.add(constant(destination, constant));
        case Argument.Spilled(int offset) ->
            result.add(new Instruction.Load(Size.DOUBLE, destination, Register.R10, offset));
        case Argument.MapAddress(int map) -> result.add(new Instruction.LoadMap(destination, map));
        case Argument.Function(MapFunction function) ->
            result.add(new Instruction.LoadFunction(destination, function));
        case Argument.StackAddress(int offset) -> {
          result.add(move(destination, Register.R10));
          result.add(
              new Instruction.Arithmetic(
                  Operation.ADD, true, destination, new Source.Immediate(offset)));
        }
      }
    }
    return result;
  }

  /** Loads a constant, in the shortest form. */
  static Instruction constant(Register destination, Constant constant) {
    return constant.fitsImmediate()
        ? new Instruction.Arithmetic(
            Operation.MOVE,
            true,
            destination,
            new Source.Immediate(Math.toIntExact(constant.value())))
        : new Instruction.LoadConstant(destination, constant.value());
  }

  private static Register parameter(int index) {
    return Register.of(Register.R1.number() + index);
  }

  private static Instruction move(Register destination, Register source) {
    return new Instruction.Arithmetic(
        Operation.MOVE, true, destination, new Source.InRegister(source));
  }
}
