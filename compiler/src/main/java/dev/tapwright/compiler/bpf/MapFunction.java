package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.Instruction.Comparison;
import dev.tapwright.compiler.bpf.Instruction.Operation;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.Instruction.Source;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.List;

/**
 * A function that {@code bpf_for_each_map_elem} calls for each element: with the map, the key, the
 * value and what the caller gave in R1 to R4. It goes on while this returns 0.
 */
sealed interface MapFunction {
  /**
   * Its code.
   *
   * @param start the place of the first instruction, which jumps name
   */
  List<Instruction> instructions(int start);

  /** Removes the element. */
  record Removal() implements MapFunction {
    @Override
    public List<Instruction> instructions(int start) {
      // The map and the key are already where the helper wants them.
      return List.of(
          new Instruction.Call(Helper.MAP_DELETE_ELEM), result(0), new Instruction.Exit());
    }
  }

  /**
   * Copies key and value to the next element of an array map, and stops when there is none left.
   * The number of those before is counted up; its address lies where the caller says. In memory of
   * which the verifier knows nothing, it is not looked at again for every number.
   *
   * @param map the array map
   * @param keySize bytes, a multiple of 8
   * @param valueSize bytes that are copied behind the key, a multiple of 8
   */
  record Copying(int map, int keySize, int valueSize) implements MapFunction {
    private static final int INDEX = -8;

    @Override
    public List<Instruction> instructions(int start) {
      List<Instruction> code = new ArrayList<>();
      code.add(new Instruction.Load(Size.DOUBLE, Register.R6, Register.R4, 0));
      code.add(move(Register.R7, Register.R2));
      code.add(move(Register.R8, Register.R3));
      code.add(new Instruction.Load(Size.DOUBLE, Register.R1, Register.R6, 0));
      code.add(store(Register.R10, INDEX));
      code.add(add(Register.R1, 1));
      code.add(store(Register.R6, 0));
      code.add(new Instruction.LoadMap(Register.R1, map));
      code.add(move(Register.R2, Register.R10));
      code.add(add(Register.R2, INDEX));
      code.add(new Instruction.Call(Helper.MAP_LOOKUP_ELEM));
      int found = start + code.size() + 3;
      code.add(
          new Instruction.JumpIf(
              Comparison.NOT_EQUAL, true, Register.R0, new Source.Immediate(0), found));
      code.add(result(1));
      code.add(new Instruction.Exit());
      copy(code, Register.R7, keySize, 0);
      copy(code, Register.R8, valueSize, keySize);
      code.add(result(0));
      code.add(new Instruction.Exit());
      return code;
    }

    private static void copy(List<Instruction> code, Register from, int bytes, int offset) {
      for (int i = 0; i < bytes; i += 8) {
        code.add(new Instruction.Load(Size.DOUBLE, Register.R1, from, i));
        code.add(store(Register.R0, offset + i));
      }
    }

    /** Stores R1. */
    private static Instruction store(Register base, int offset) {
      return new Instruction.Store(Size.DOUBLE, base, offset, new Source.InRegister(Register.R1));
    }

    private static Instruction move(Register destination, Register source) {
      return new Instruction.Arithmetic(
          Operation.MOVE, true, destination, new Source.InRegister(source));
    }

    private static Instruction add(Register destination, int number) {
      return new Instruction.Arithmetic(
          Operation.ADD, true, destination, new Source.Immediate(number));
    }
  }

  private static Instruction result(int number) {
    return new Instruction.Arithmetic(
        Operation.MOVE, true, Register.R0, new Source.Immediate(number));
  }
}
