package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.bpf.code.RegisterTypes.Type.Context;
import dev.tapwright.compiler.bpf.code.RegisterTypes.Type.MapAddress;
import dev.tapwright.compiler.bpf.code.RegisterTypes.Type.Number;
import dev.tapwright.compiler.bpf.code.RegisterTypes.Type.Stack;
import dev.tapwright.compiler.bpf.code.RegisterTypes.Type.Value;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What registers hold before each instruction of a program, as the verifier follows it: which
 * address, or a number.
 */
public final class RegisterTypes {
  /** What a register holds; empty offsets are not known. */
  public sealed interface Type {
    /** A number, or nothing known. */
    record Number() implements Type {}

    /** The program's context. */
    record Context() implements Type {}

    /** A place on the stack. */
    record Stack(OptionalInt offset) implements Type {}

    /** A map. */
    record MapAddress(int map) implements Type {}

    /** A place in a value of a map, or in a record that is reserved in a ring buffer. */
    record Value(int map, OptionalInt offset, boolean mayBeNull) implements Type {}
  }

  private static final Type NUMBER = new Number();

  private final List<Instruction> instructions;
  private final List<Optional<Type[]>> before = new ArrayList<>();
  private boolean isChanged = true;

  private RegisterTypes(List<Instruction> instructions) {
    this.instructions = instructions;
    instructions.forEach(_ -> before.add(Optional.empty()));
  }

  /** Finds them. */
  public static RegisterTypes of(List<Instruction> instructions) {
    RegisterTypes types = new RegisterTypes(instructions);
    Type[] start = start();
    start[Register.R1.number()] = new Context();
    types.reach(0, start);
    while (types.isChanged) {
      types.isChanged = false;
      for (int i = 0; i < instructions.size(); i++) {
        types.follow(i);
      }
    }
    return types;
  }

  /** What a function of the program begins with: numbers, and a stack of its own. */
  private static Type[] start() {
    Type[] start = new Type[Register.R10.number() + 1];
    Arrays.fill(start, NUMBER);
    start[Register.R10.number()] = new Stack(OptionalInt.of(0));
    return start;
  }

  /** What a register holds before an instruction. */
  public Type of(int instruction, Register register) {
    return before.get(instruction).map(types -> types[register.number()]).orElse(NUMBER);
  }

  /** Whether an instruction is ever reached. */
  public boolean isReached(int instruction) {
    return before.get(instruction).isPresent();
  }

  private void reach(int instruction, Type[] types) {
    Optional<Type[]> known = before.get(instruction);
    if (known.isEmpty()) {
      before.set(instruction, Optional.of(types.clone()));
      isChanged = true;
      return;
    }
    Type[] joined = known.get();
    for (int i = 0; i < joined.length; i++) {
      Type both = joined(joined[i], types[i]);
      if (!both.equals(joined[i])) {
        joined[i] = both;
        isChanged = true;
      }
    }
  }

  private static Type joined(Type a, Type b) {
    if (a.equals(b)) {
      return a;
    }
    if (a instanceof Stack && b instanceof Stack) {
      return new Stack(OptionalInt.empty());
    }
    return a instanceof Value(int map, OptionalInt offset, boolean mayBeNull)
            && b instanceof Value(int other, OptionalInt otherOffset, boolean otherMayBeNull)
            && map == other
        ? new Value(
            map,
            offset.equals(otherOffset) ? offset : OptionalInt.empty(),
            mayBeNull || otherMayBeNull)
        : NUMBER;
  }

  private void follow(int at) {
    if (!isReached(at)) {
      return;
    }
    Type[] types = before.get(at).orElseThrow().clone();
    switch (instructions.get(at)) {
      case Instruction.Exit() -> {}
      case Instruction.Jump(int target) -> reach(target, types);
      case Instruction.MayGoto(int target) -> {
        reach(target, types);
        reach(at + 1, types);
      }
      case Instruction.JumpIf jump -> {
        reach(jump.target(), branched(types, jump, Comparison.EQUAL));
        reach(at + 1, branched(types, jump, Comparison.NOT_EQUAL));
      }
      case Instruction.CallFunction(int target) -> {
        reach(target, start());
        Arrays.fill(types, Register.R0.number(), Register.R6.number(), NUMBER);
        reach(at + 1, types);
      }
      case Instruction other -> {
        apply(other, types);
        reach(at + 1, types);
      }
    }
  }

  /** What is known where a comparison with null says that there is none, or something. */
  private static Type[] branched(Type[] types, Instruction.JumpIf jump, Comparison isNull) {
    Type[] result = types.clone();
    int left = jump.left().number();
    if (jump.right().equals(new Source.Immediate(0))
        && types[left] instanceof Value(int map, OptionalInt offset, boolean mayBeNull)
        && mayBeNull
        && (jump.comparison() == Comparison.EQUAL || jump.comparison() == Comparison.NOT_EQUAL)) {
      result[left] = jump.comparison() == isNull ? NUMBER : new Value(map, offset, false);
    }
    return result;
  }

  private static void apply(Instruction instruction, Type[] types) {
    switch (instruction) {
      case Instruction.Arithmetic arithmetic ->
          types[arithmetic.destination().number()] = computed(arithmetic, types);
      case Instruction.LoadConstant(Register destination, long _) ->
          types[destination.number()] = NUMBER;
      case Instruction.LoadFunction(Register destination, var _) ->
          types[destination.number()] = NUMBER;
      case Instruction.LoadMap(Register destination, int map) ->
          types[destination.number()] = new MapAddress(map);
      case Instruction.LoadMapValue(Register destination, int map, int offset) ->
          types[destination.number()] = new Value(map, OptionalInt.of(offset), false);
      case Instruction.Load load -> types[load.destination().number()] = NUMBER;
      case Instruction.Atomic atomic -> {
        if (atomic.operation() == AtomicOperation.COMPARE_EXCHANGE) {
          types[Register.R0.number()] = NUMBER;
        } else if (atomic.operation() != AtomicOperation.ADD) {
          types[atomic.source().number()] = NUMBER;
        }
      }
      case Instruction.Call(Helper helper) -> {
        Type result =
            (helper == Helper.MAP_LOOKUP_ELEM || helper == Helper.RINGBUF_RESERVE)
                    && types[Register.R1.number()] instanceof MapAddress(int map)
                ? new Value(map, OptionalInt.of(0), true)
                : NUMBER;
        Arrays.fill(types, Register.R0.number(), Register.R6.number(), NUMBER);
        types[Register.R0.number()] = result;
      }
      case Instruction.Store _,
          Instruction.FunctionStart _,
          Instruction.CallFunction _,
          Instruction.JumpIf _,
          Instruction.Jump _,
          Instruction.MayGoto _,
          Instruction.Exit _ -> {}
    }
  }

  private static Type computed(Instruction.Arithmetic arithmetic, Type[] types) {
    Type left = types[arithmetic.destination().number()];
    Type right =
        arithmetic.source() instanceof Source.InRegister(Register register)
            ? types[register.number()]
            : NUMBER;
    if (!arithmetic.is64Bit()) {
      return NUMBER;
    }
    OptionalInt amount =
        arithmetic.source() instanceof Source.Immediate(int value)
            ? OptionalInt.of(value)
            : OptionalInt.empty();
    return switch (arithmetic.operation()) {
      case MOVE -> right;
      case ADD -> left instanceof Number ? moved(right, OptionalInt.empty()) : moved(left, amount);
      default -> NUMBER;
    };
  }

  private static Type moved(Type type, OptionalInt amount) {
    return switch (type) {
      case Stack(OptionalInt offset) -> new Stack(sum(offset, amount));
      case Value(int map, OptionalInt offset, boolean mayBeNull) ->
          new Value(map, sum(offset, amount), mayBeNull);
      case Context _, MapAddress _, Number _ -> NUMBER;
    };
  }

  private static OptionalInt sum(OptionalInt a, OptionalInt b) {
    return a.isPresent() && b.isPresent()
        ? OptionalInt.of(a.getAsInt() + b.getAsInt())
        : OptionalInt.empty();
  }
}
