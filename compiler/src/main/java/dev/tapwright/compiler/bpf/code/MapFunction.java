package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.List;

/**
 * A function that {@code bpf_for_each_map_elem} calls for each element: with the map, the key, the
 * value and what the caller gave in R1 to R4. It goes on while this returns 0.
 *
 * <p>What the caller gives is where it has put the address of an area in {@link Scratch}, of which
 * the verifier knows nothing, so that nothing is looked at again for every number:
 *
 * <pre>
 *   offset  0  u64  a number, see each
 *           8       a key: of those parts that the element's key must have, or all of one
 * </pre>
 */
public sealed interface MapFunction {
  /** Offset of the key in the area. */
  int KEY = 8;

  /**
   * Its code.
   *
   * @param start the place of the first instruction, which jumps name
   */
  List<Instruction> instructions(int start);

  /** What it does, in a word or two for people. */
  String task();

  /**
   * A part of a key that must be as in the area.
   *
   * @param offset bytes, a multiple of 8
   * @param bytes a multiple of 8
   */
  record Part(int offset, int bytes) {}

  /**
   * Removes the element, if its key matches.
   *
   * @param same without any, the area is not used
   */
  record Removal(List<Part> same) implements MapFunction {
    /** Copies the list. */
    public Removal {
      same = List.copyOf(same);
    }

    @Override
    public String task() {
      return "remove an element";
    }

    @Override
    public List<Instruction> instructions(int start) {
      // The map and the key are already where the helper wants them.
      Writer code = new Writer(start);
      if (!same.isEmpty()) {
        code.load(Register.R4, Register.R4, 0);
        code.compare(same, Register.R4);
      }
      code.add(new Instruction.Call(Helper.MAP_DELETE_ELEM));
      return code.finished();
    }
  }

  /** Sets the number to 1 and stops at an element whose key matches. */
  record Search(List<Part> same) implements MapFunction {
    /** Copies the list. */
    public Search {
      same = List.copyOf(same);
    }

    @Override
    public String task() {
      return "search";
    }

    @Override
    public List<Instruction> instructions(int start) {
      Writer code = new Writer(start);
      code.load(Register.R4, Register.R4, 0);
      code.compare(same, Register.R4);
      code.set(Register.R1, 1);
      code.store(Register.R4, 0, Register.R1);
      code.leave(1);
      return code.finished();
    }
  }

  /**
   * Copies key and value of an element whose key matches to the next element of an array map, and
   * stops when there is none left. The number of those before is counted up. Behind both stands 0,
   * until a sorted loop has had the element.
   *
   * @param map the array map
   * @param keySize bytes, a multiple of 8
   * @param valueSize bytes that are copied behind the key, a multiple of 8
   */
  record Copying(int map, int keySize, int valueSize, List<Part> same) implements MapFunction {
    private static final int INDEX = -8;

    /** Copies the list. */
    public Copying {
      same = List.copyOf(same);
    }

    @Override
    public String task() {
      return "copy to map[" + map + "]";
    }

    @Override
    public List<Instruction> instructions(int start) {
      Writer code = new Writer(start);
      code.load(Register.R6, Register.R4, 0);
      code.compare(same, Register.R6);
      code.move(Register.R7, Register.R2);
      code.move(Register.R8, Register.R3);
      code.load(Register.R1, Register.R6, 0);
      code.store(Register.R10, INDEX, Register.R1);
      code.increase(Register.R1, 1);
      code.store(Register.R6, 0, Register.R1);
      code.add(new Instruction.LoadMap(Register.R1, map));
      code.move(Register.R2, Register.R10);
      code.increase(Register.R2, INDEX);
      code.add(new Instruction.Call(Helper.MAP_LOOKUP_ELEM));
      code.leaveUnless(Comparison.NOT_EQUAL, Register.R0, new Source.Immediate(0));
      code.copy(Register.R0, 0, Register.R7, keySize);
      code.copy(Register.R0, keySize, Register.R8, valueSize);
      code.set(Register.R1, 0);
      code.store(Register.R0, keySize + valueSize, Register.R1);
      return code.finished();
    }
  }

  /**
   * Looks for the least value, a number, unsigned: leaves it and its key in the area.
   *
   * @param keySize bytes, a multiple of 8
   */
  record Oldest(int keySize) implements MapFunction {
    @Override
    public String task() {
      return "find the oldest";
    }

    @Override
    public List<Instruction> instructions(int start) {
      Writer code = new Writer(start);
      code.load(Register.R4, Register.R4, 0);
      code.load(Register.R0, Register.R3, 0);
      code.load(Register.R5, Register.R4, 0);
      code.toEndIf(
          Comparison.GREATER_OR_EQUAL_UNSIGNED, Register.R0, new Source.InRegister(Register.R5));
      code.store(Register.R4, 0, Register.R0);
      code.copy(Register.R4, KEY, Register.R2, keySize);
      return code.finished();
    }
  }

  /**
   * Looks among copies for the one that a sorted loop has next: the least or greatest part of those
   * that it did not have. The area's number becomes its place; it must be {@link #NONE} before.
   *
   * <pre>
   *   offset  8  u64  how many there are
   *          16       the part of the one that was found
   * </pre>
   *
   * @param had offset of what tells that it had one
   * @param offset of the part
   * @param bytes of the part, a multiple of 8
   */
  record Next(int had, int offset, int bytes, boolean isText, boolean isDescending)
      implements MapFunction {
    /** No place. */
    public static final long NONE = -1;

    /** Bytes of an area for a part. */
    public static int area(int bytes) {
      return 16 + bytes;
    }

    @Override
    public String task() {
      return "find the next";
    }

    @Override
    public List<Instruction> instructions(int start) {
      Writer code = new Writer(start);
      List<Integer> better = new ArrayList<>();
      code.load(Register.R6, Register.R4, 0);
      code.add(new Instruction.Load(Size.WORD, Register.R7, Register.R2, 0));
      code.load(Register.R1, Register.R6, KEY);
      code.leaveUnless(Comparison.LESS_UNSIGNED, Register.R7, new Source.InRegister(Register.R1));
      code.load(Register.R1, Register.R3, had);
      code.toEndIf(Comparison.NOT_EQUAL, Register.R1, new Source.Immediate(0));
      code.load(Register.R1, Register.R6, 0);
      code.jumpIf(better, Comparison.EQUAL, Register.R1, new Source.Immediate((int) NONE));
      if (isText) {
        compareTexts(code);
      } else {
        code.load(Register.R1, Register.R3, offset);
        code.load(Register.R2, Register.R6, 16);
      }
      code.toEndIf(
          isDescending ? Comparison.LESS_OR_EQUAL : Comparison.GREATER_OR_EQUAL,
          Register.R1,
          new Source.InRegister(Register.R2));
      code.arrive(better);
      code.store(Register.R6, 0, Register.R7);
      for (int i = 0; i < bytes; i += Long.BYTES) {
        code.load(Register.R1, Register.R3, offset + i);
        code.store(Register.R6, 16 + i, Register.R1);
      }
      return code.finished();
    }

    /** Leaves the first bytes that are not the same in R1 and R2. */
    private void compareTexts(Writer code) {
      List<Integer> differ = new ArrayList<>();
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < bytes; i += Long.BYTES) {
        code.load(Register.R4, Register.R3, offset + i);
        code.load(Register.R5, Register.R6, 16 + i);
        code.jumpIf(differ, Comparison.NOT_EQUAL, Register.R4, new Source.InRegister(Register.R5));
      }
      code.leave(0);
      code.arrive(differ);
      for (int i = 0; i < Long.BYTES; i++) {
        code.move(Register.R1, Register.R4);
        code.move(Register.R2, Register.R5);
        code.operate(Operation.AND, Register.R1, 0xff);
        code.operate(Operation.AND, Register.R2, 0xff);
        if (i < Long.BYTES - 1) {
          code.jumpIf(found, Comparison.NOT_EQUAL, Register.R1, new Source.InRegister(Register.R2));
          code.operate(Operation.SHIFT_RIGHT_UNSIGNED, Register.R4, Byte.SIZE);
          code.operate(Operation.SHIFT_RIGHT_UNSIGNED, Register.R5, Byte.SIZE);
        }
      }
      code.arrive(found);
    }
  }

  /** Writes a function. What it jumps to for the next element is its end. */
  final class Writer {
    private static final int EXIT = 2;

    private final int start;
    private final List<Instruction> code = new ArrayList<>();
    private final List<Integer> toEnd = new ArrayList<>();

    private Writer(int start) {
      this.start = start;
    }

    private void add(Instruction instruction) {
      code.add(instruction);
    }

    private void load(Register destination, Register base, int offset) {
      add(new Instruction.Load(Size.DOUBLE, destination, base, offset));
    }

    private void store(Register base, int offset, Register value) {
      add(new Instruction.Store(Size.DOUBLE, base, offset, new Source.InRegister(value)));
    }

    private void move(Register destination, Register source) {
      add(
          new Instruction.Arithmetic(
              Operation.MOVE, true, destination, new Source.InRegister(source)));
    }

    private void set(Register destination, int number) {
      add(
          new Instruction.Arithmetic(
              Operation.MOVE, true, destination, new Source.Immediate(number)));
    }

    private void increase(Register destination, int number) {
      operate(Operation.ADD, destination, number);
    }

    private void operate(Operation operation, Register destination, int number) {
      add(new Instruction.Arithmetic(operation, true, destination, new Source.Immediate(number)));
    }

    /** Copies bytes, by way of R1. */
    private void copy(Register to, int offset, Register from, int bytes) {
      for (int i = 0; i < bytes; i += Long.BYTES) {
        load(Register.R1, from, i);
        store(to, offset + i, Register.R1);
      }
    }

    /** Goes to the end unless those parts of the key in R2 are as in the area; uses R0 and R5. */
    private void compare(List<Part> same, Register area) {
      for (Part part : same) {
        for (int i = part.offset(); i < part.offset() + part.bytes(); i += Long.BYTES) {
          load(Register.R0, Register.R2, i);
          load(Register.R5, area, KEY + i);
          toEndIf(Comparison.NOT_EQUAL, Register.R0, new Source.InRegister(Register.R5));
        }
      }
    }

    private void toEndIf(Comparison comparison, Register left, Source right) {
      jumpIf(toEnd, comparison, left, right);
    }

    private void jumpIf(List<Integer> jumps, Comparison comparison, Register left, Source right) {
      jumps.add(code.size());
      add(new Instruction.JumpIf(comparison, true, left, right, start));
    }

    /** Has jumps go to what comes next. */
    private void arrive(List<Integer> jumps) {
      int here = start + code.size();
      jumps.forEach(jump -> code.set(jump, LongJumps.withTarget(code.get(jump), here)));
    }

    private void leave(int result) {
      set(Register.R0, result);
      add(new Instruction.Exit());
    }

    private void leaveUnless(Comparison comparison, Register left, Source right) {
      add(new Instruction.JumpIf(comparison, true, left, right, start + code.size() + 1 + EXIT));
      leave(1);
    }

    private List<Instruction> finished() {
      arrive(toEnd);
      // The verifier wants no instruction that nothing gets to.
      if (!toEnd.isEmpty() || !(code.getLast() instanceof Instruction.Exit)) {
        leave(0);
      }
      return List.copyOf(code);
    }
  }
}
