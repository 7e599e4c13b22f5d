package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Folding;
import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.bpf.code.Register;
import dev.tapwright.compiler.target.Helper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Interprets instructions of handlers that use scalars only. An address is its region in the upper
 * 32 bits and an offset in the lower: region 1 is the stack, and from 2 on the maps.
 */
final class Machine {
  private static final int STACK = 1;
  private static final int SESSION = 0;
  private static final int SCALARS = 1;

  private final List<Instruction> instructions;
  private final long[] registers = new long[11];
  private final ByteBuffer[] regions = new ByteBuffer[4];

  Machine(List<Instruction> instructions) {
    this.instructions = instructions;
    for (int i = STACK; i < regions.length; i++) {
      regions[i] = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Sets the scalar at an offset. */
  void set(int offset, long value) {
    regions[2 + SCALARS].putLong(offset, value);
  }

  /** The scalar at an offset. */
  long scalar(int offset) {
    return regions[2 + SCALARS].getLong(offset);
  }

  /** Faults so far: those whose event finds no room are counted, and here none does. */
  long errors() {
    return regions[2 + SESSION].getLong(SessionLayout.ERRORS);
  }

  void run() {
    registers[10] = (long) STACK << 32 | 512;
    int next = 0;
    while (next >= 0) {
      next = step(next);
    }
  }

  private long get(Register register) {
    return registers[register.number()];
  }

  private long get(Source source) {
    return switch (source) {
      case Source.InRegister(Register register) -> get(register);
      case Source.Immediate(int value) -> value;
    };
  }

  private void set(Register register, long value) {
    registers[register.number()] = value;
  }

  private ByteBuffer region(long address) {
    return regions[(int) (address >>> 32)];
  }

  private int step(int at) {
    switch (instructions.get(at)) {
      case Instruction.Arithmetic(
              var operation,
              boolean is64Bit,
              Register destination,
              Source source) -> {
        long right = get(source);
        set(
            destination,
            Folding.compute(operation, is64Bit, get(destination), right).orElseThrow());
      }
      case Instruction.LoadConstant(Register destination, long value) -> set(destination, value);
      case Instruction.LoadMap(Register destination, int map) ->
          set(destination, (long) (2 + map) << 32);
      case Instruction.LoadMapValue(Register destination, int map, int offset) ->
          set(destination, (long) (2 + map) << 32 | offset);
      case Instruction.Load(var size, Register destination, Register base, int offset) -> {
        assert size == Instruction.Size.DOUBLE;
        long address = get(base) + offset;
        set(destination, region(address).getLong((int) address));
      }
      case Instruction.Store(var size, Register base, int offset, Source source) -> {
        assert size == Instruction.Size.DOUBLE;
        long address = get(base) + offset;
        region(address).putLong((int) address, get(source));
      }
      case Instruction.Atomic(var _, var _, Register base, int offset, Register source) -> {
        long address = get(base) + offset;
        region(address)
            .putLong((int) address, region(address).getLong((int) address) + get(source));
      }
      case Instruction.JumpIf(
              var comparison,
              boolean is64Bit,
              Register left,
              Source right,
              int target) -> {
        if (Folding.holds(comparison, is64Bit, get(left), get(right))) {
          return target;
        }
      }
      case Instruction.MayGoto _, Instruction.FunctionStart _ -> {}
      case Instruction.CallFunction _, Instruction.LoadFunction _ ->
          throw new IllegalStateException("functions are not run here");
      case Instruction.Jump(int target) -> {
        return target;
      }
      case Instruction.Call(Helper helper) -> {
        // A map is found at its own address; no event finds room. R1 to R5 are destroyed.
        registers[0] =
            switch (helper) {
              case MAP_LOOKUP_ELEM -> registers[1];
              case RINGBUF_OUTPUT, PERF_EVENT_OUTPUT -> -1;
              default -> 0;
            };
        for (int i = 1; i <= 5; i++) {
          registers[i] = 0xdead_dead_deadL;
        }
      }
      case Instruction.Exit() -> {
        return -1;
      }
    }
    return at + 1;
  }
}
