package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Instructions as the kernel reads them: little-endian 64-bit slots (kernel,
 * Documentation/bpf/standardization/instruction-set.rst).
 *
 * <pre>
 *   bits  0–2  class    3    source: 0 immediate, 1 register    4–7   operation       arithmetic and jumps
 *   bits  0–2  class    3–4  size                               5–7   mode            loads and stores
 *   bits  8–11 destination   12–15 source register   16–31 offset   32–63 immediate
 * </pre>
 */
public final class InstructionEncoder {
  private static final int CLASS_LOAD = 0x00;
  private static final int CLASS_LOAD_REGISTER = 0x01;
  private static final int CLASS_STORE = 0x02;
  private static final int CLASS_STORE_REGISTER = 0x03;
  private static final int CLASS_ARITHMETIC_32 = 0x04;
  private static final int CLASS_JUMP = 0x05;
  private static final int CLASS_JUMP_32 = 0x06;
  private static final int CLASS_ARITHMETIC_64 = 0x07;
  private static final int FROM_REGISTER = 0x08;
  private static final int MODE_IMMEDIATE = 0x00;
  private static final int MODE_MEMORY = 0x60;
  private static final int MODE_ATOMIC = 0xc0;
  private static final int SIZE_DOUBLE = 0x18;
  private static final int CALL = 0x80;
  private static final int EXIT = 0x90;
  private static final int MAY_GOTO = 0xe0;

  /** Source register numbers by which {@code lddw} is told what to load. */
  private static final int PSEUDO_MAP = 1;

  private static final int PSEUDO_MAP_VALUE = 2;

  private static final int PSEUDO_FUNCTION = 4;

  /** And by which a call is told that it calls a function of the program. */
  private static final int PSEUDO_CALL = 1;

  private InstructionEncoder() {}

  /**
   * Encoded instructions.
   *
   * @param slots 64 bits each
   * @param mapReferences the slots that want a map, ascending
   * @param slotOf for each instruction its first slot
   */
  public record Encoding(List<Long> slots, List<MapUse> mapReferences, List<Integer> slotOf) {
    /** Copies the lists. */
    public Encoding {
      slots = List.copyOf(slots);
      mapReferences = List.copyOf(mapReferences);
      slotOf = List.copyOf(slotOf);
    }
  }

  /**
   * A {@code lddw} that loads a map, or the address of an array map's first element plus the offset
   * in its second slot's immediate.
   */
  public record MapUse(int slot, int map, boolean isValue) {}

  /** The number of slots that an instruction takes. */
  public static int slots(Instruction instruction) {
    return switch (instruction) {
      case Instruction.LoadConstant _,
          Instruction.LoadMap _,
          Instruction.LoadMapValue _,
          Instruction.LoadFunction _ ->
          2;
      case Instruction.FunctionStart _ -> 0;
      default -> 1;
    };
  }

  /** The number of slots that instructions take. */
  public static int slots(List<Instruction> instructions) {
    return instructions.stream().mapToInt(InstructionEncoder::slots).sum();
  }

  /** Encodes instructions. Jumps must reach their targets: see {@link LongJumps}. */
  public static Encoding encode(List<Instruction> instructions) {
    int[] slotOf = new int[instructions.size() + 1];
    for (int i = 0; i < instructions.size(); i++) {
      slotOf[i + 1] = slotOf[i] + slots(instructions.get(i));
    }
    List<Long> slots = new ArrayList<>(slotOf[instructions.size()]);
    List<MapUse> references = new ArrayList<>();
    List<Integer> table = new ArrayList<>(instructions.size());
    for (int i = 0; i < instructions.size(); i++) {
      int slot = slotOf[i];
      table.add(slot);
      switch (instructions.get(i)) {
        case Instruction.LoadConstant(Register destination, long value) ->
            wide(slots, destination, 0, (int) value, (int) (value >>> 32));
        case Instruction.LoadMap(Register destination, int map) -> {
          references.add(new MapUse(slot, map, false));
          wide(slots, destination, PSEUDO_MAP, 0, 0);
        }
        case Instruction.LoadMapValue(Register destination, int map, int offset) -> {
          references.add(new MapUse(slot, map, true));
          wide(slots, destination, PSEUDO_MAP_VALUE, 0, offset);
        }
        case Instruction.LoadFunction(Register destination, MapFunction function) -> {
          int start = slotOf[instructions.indexOf(new Instruction.FunctionStart(function))];
          wide(slots, destination, PSEUDO_FUNCTION, start - slot - 1, 0);
        }
        case Instruction.FunctionStart _ -> {}
        case Instruction.Arithmetic arithmetic -> slots.add(arithmetic(arithmetic));
        case Instruction.Load(Size size, Register destination, Register base, int offset) ->
            slots.add(
                slot(CLASS_LOAD_REGISTER | MODE_MEMORY | code(size), destination, base, offset, 0));
        case Instruction.Store(Size size, Register base, int offset, Source source) ->
            slots.add(
                switch (source) {
                  case Source.InRegister(Register register) ->
                      slot(
                          CLASS_STORE_REGISTER | MODE_MEMORY | code(size),
                          base,
                          register,
                          offset,
                          0);
                  case Source.Immediate(int value) ->
                      slot(
                          CLASS_STORE | MODE_MEMORY | code(size), base, Register.R0, offset, value);
                });
        case Instruction.Atomic(
                AtomicOperation operation,
                Size size,
                Register base,
                int offset,
                Register source) ->
            slots.add(
                slot(
                    CLASS_STORE_REGISTER | MODE_ATOMIC | code(size),
                    base,
                    source,
                    offset,
                    code(operation)));
        case Instruction.JumpIf(
                Comparison comparison,
                boolean is64Bit,
                Register left,
                Source right,
                int target) -> {
          int distance = slotOf[target] - slot - 1;
          int code = (is64Bit ? CLASS_JUMP : CLASS_JUMP_32) | code(comparison);
          slots.add(
              switch (right) {
                case Source.InRegister(Register register) ->
                    slot(code | FROM_REGISTER, left, register, distance, 0);
                case Source.Immediate(int value) -> slot(code, left, Register.R0, distance, value);
              });
        }
        case Instruction.Jump(int target) ->
            slots.add(slot(CLASS_JUMP, Register.R0, Register.R0, slotOf[target] - slot - 1, 0));
        case Instruction.MayGoto(int target) ->
            slots.add(
                slot(
                    CLASS_JUMP | MAY_GOTO, Register.R0, Register.R0, slotOf[target] - slot - 1, 0));
        case Instruction.Call(var helper) ->
            slots.add(slot(CLASS_JUMP | CALL, Register.R0, Register.R0, 0, helper.id()));
        case Instruction.CallFunction(int target) ->
            slots.add(
                slot(
                    CLASS_JUMP | CALL,
                    Register.R0,
                    Register.of(PSEUDO_CALL),
                    0,
                    slotOf[target] - slot - 1));
        case Instruction.Exit() ->
            slots.add(slot(CLASS_JUMP | EXIT, Register.R0, Register.R0, 0, 0));
      }
    }
    return new Encoding(slots, references, table);
  }

  private static long arithmetic(Instruction.Arithmetic arithmetic) {
    int code =
        (arithmetic.is64Bit() ? CLASS_ARITHMETIC_64 : CLASS_ARITHMETIC_32)
            | code(arithmetic.operation());
    int offset =
        switch (arithmetic.operation()) {
          case DIVIDE_SIGNED, MODULO_SIGNED -> 1;
          default -> 0;
        };
    return switch (arithmetic.source()) {
      case Source.InRegister(Register register) ->
          slot(code | FROM_REGISTER, arithmetic.destination(), register, offset, 0);
      case Source.Immediate(int value) ->
          slot(code, arithmetic.destination(), Register.R0, offset, value);
    };
  }

  private static void wide(List<Long> slots, Register destination, int kind, int low, int high) {
    slots.add(
        slot(CLASS_LOAD | MODE_IMMEDIATE | SIZE_DOUBLE, destination, Register.of(kind), 0, low));
    slots.add(slot(0, Register.R0, Register.R0, 0, high));
  }

  private static long slot(
      int opcode, Register destination, Register source, int offset, int immediate) {
    if (offset != (short) offset) {
      throw new IllegalArgumentException("offset " + offset + " does not fit into 16 bits");
    }
    return opcode
        | (long) destination.number() << 8
        | (long) source.number() << 12
        | (offset & 0xffffL) << 16
        | (long) immediate << 32;
  }

  private static int code(Operation operation) {
    return switch (operation) {
      case ADD -> 0x00;
      case SUBTRACT -> 0x10;
      case MULTIPLY -> 0x20;
      case DIVIDE, DIVIDE_SIGNED -> 0x30;
      case OR -> 0x40;
      case AND -> 0x50;
      case SHIFT_LEFT -> 0x60;
      case SHIFT_RIGHT_UNSIGNED -> 0x70;
      case NEGATE -> 0x80;
      case MODULO, MODULO_SIGNED -> 0x90;
      case EXCLUSIVE_OR -> 0xa0;
      case MOVE -> 0xb0;
      case SHIFT_RIGHT -> 0xc0;
    };
  }

  private static int code(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> 0x10;
      case GREATER_UNSIGNED -> 0x20;
      case GREATER_OR_EQUAL_UNSIGNED -> 0x30;
      case BITS_SET -> 0x40;
      case NOT_EQUAL -> 0x50;
      case GREATER -> 0x60;
      case GREATER_OR_EQUAL -> 0x70;
      case LESS_UNSIGNED -> 0xa0;
      case LESS_OR_EQUAL_UNSIGNED -> 0xb0;
      case LESS -> 0xc0;
      case LESS_OR_EQUAL -> 0xd0;
    };
  }

  private static int code(Size size) {
    return switch (size) {
      case WORD -> 0x00;
      case HALF -> 0x08;
      case BYTE -> 0x10;
      case DOUBLE -> 0x18;
    };
  }

  private static int code(AtomicOperation operation) {
    return switch (operation) {
      case ADD -> 0x00;
      case FETCH_ADD -> 0x01;
      case OR -> 0x40;
      case FETCH_OR -> 0x41;
      case AND -> 0x50;
      case FETCH_AND -> 0x51;
      case EXCLUSIVE_OR -> 0xa0;
      case FETCH_EXCLUSIVE_OR -> 0xa1;
      case EXCHANGE -> 0xe1;
      case COMPARE_EXCHANGE -> 0xf1;
    };
  }
}
