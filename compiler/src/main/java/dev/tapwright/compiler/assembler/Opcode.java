package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyStep.Comparison;
import dev.tapwright.compiler.assembler.AssemblyStep.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an instruction of BPF does (kernel, Documentation/bpf/standardization/instruction-set.rst):
 * its low three bits are a class; of arithmetic and jumps the next says that the source is a
 * register; of accesses the next two how many bytes.
 */
sealed interface Opcode {
  /** Arithmetic. */
  record Arithmetic(Operation operation, boolean is64Bit, boolean isOfRegister) implements Opcode {}

  /** A number's low bits in an order of bytes; its immediate says how many. */
  record ByteOrder(boolean isBig) implements Opcode {}

  /** A jump that depends on a comparison. */
  record Conditional(Comparison comparison, boolean is64Bit, boolean isOfRegister)
      implements Opcode {}

  /** A jump. */
  record Always() implements Opcode {}

  /** A read. */
  record Load(int bytes) implements Opcode {}

  /** A write. */
  record Store(int bytes, boolean isOfRegister) implements Opcode {}

  /** An atomic operation; its immediate says which. */
  record Atomic(int bytes) implements Opcode {}

  /** A constant of 64 bits. */
  record Constant() implements Opcode {}

  /** The address of one of stapbpf's maps. */
  record MapAddress() implements Opcode {}

  /** A call of a helper. */
  record Call() implements Opcode {}

  /** The end of the handler. */
  record Exit() implements Opcode {}

  int REGISTER = 0x08;

  /** Of a number; empty when there is none of it. */
  static Optional<Opcode> of(long number) {
    return Optional.ofNullable(Table.ALL.byNumber.get(number));
  }

  /** Of a name, such as {@code mov} or {@code ldxdw}. */
  static Optional<Opcode> named(String name) {
    return Optional.ofNullable(Table.ALL.byName.get(name));
  }

  /** The tables. */
  final class Table {
    private static final int ALU = 0x04;
    private static final int JUMP = 0x05;
    private static final int JUMP_32 = 0x06;
    private static final int ALU_64 = 0x07;
    private static final Table ALL = new Table();

    private final Map<Long, Opcode> byNumber = new HashMap<>();
    private final Map<String, Opcode> byName = new HashMap<>();

    private Table() {
      List<Operation> operations =
          List.of(
              Operation.ADD,
              Operation.SUBTRACT,
              Operation.MULTIPLY,
              Operation.DIVIDE,
              Operation.OR,
              Operation.AND,
              Operation.SHIFT_LEFT,
              Operation.SHIFT_RIGHT_UNSIGNED,
              Operation.NEGATE,
              Operation.MODULO,
              Operation.EXCLUSIVE_OR,
              Operation.MOVE,
              Operation.SHIFT_RIGHT);
      List<String> names =
          List.of(
              "add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor", "mov",
              "arsh");
      for (int i = 0; i < names.size(); i++) {
        Operation operation = operations.get(i);
        for (int source : new int[] {0, REGISTER}) {
          add(ALU_64 | source | i << 4, new Arithmetic(operation, true, source != 0));
          add(ALU | source | i << 4, new Arithmetic(operation, false, source != 0));
        }
        byName.put(names.get(i), new Arithmetic(operation, true, false));
        byName.put(names.get(i) + "32", new Arithmetic(operation, false, false));
      }
      add(ALU | 13 << 4, new ByteOrder(false));
      add(ALU | REGISTER | 13 << 4, new ByteOrder(true));
      byName.put("le", new ByteOrder(false));
      byName.put("be", new ByteOrder(true));
      add(JUMP, new Always());
      byName.put("ja", new Always());
      jump(1, "jeq", Comparison.EQUAL);
      jump(2, "jgt", Comparison.GREATER_UNSIGNED);
      jump(3, "jge", Comparison.GREATER_OR_EQUAL_UNSIGNED);
      jump(4, "jset", Comparison.BITS_SET);
      jump(5, "jne", Comparison.NOT_EQUAL);
      jump(6, "jsgt", Comparison.GREATER);
      jump(7, "jsge", Comparison.GREATER_OR_EQUAL);
      jump(10, "jlt", Comparison.LESS_UNSIGNED);
      jump(11, "jle", Comparison.LESS_OR_EQUAL_UNSIGNED);
      jump(12, "jslt", Comparison.LESS);
      jump(13, "jsle", Comparison.LESS_OR_EQUAL);
      add(0x85, new Call());
      add(0x95, new Exit());
      byName.put("exit", new Exit());
      List<String> sizes = List.of("w", "h", "b", "dw");
      int[] bytes = {4, 2, 1, 8};
      for (int i = 0; i < sizes.size(); i++) {
        add(0x61 | i << 3, new Load(bytes[i]));
        add(0x62 | i << 3, new Store(bytes[i], false));
        add(0x63 | i << 3, new Store(bytes[i], true));
        byName.put("ldx" + sizes.get(i), new Load(bytes[i]));
        byName.put("st" + sizes.get(i), new Store(bytes[i], false));
        byName.put("stx" + sizes.get(i), new Store(bytes[i], true));
      }
      add(0xc3, new Atomic(4));
      add(0xdb, new Atomic(8));
      add(0x18, new Constant());
      byName.put("lddw", new Constant());
      add(0x118, new MapAddress());
    }

    private void jump(int number, String name, Comparison comparison) {
      for (int source : new int[] {0, REGISTER}) {
        add(JUMP | source | number << 4, new Conditional(comparison, true, source != 0));
        add(JUMP_32 | source | number << 4, new Conditional(comparison, false, source != 0));
      }
      byName.put(name, new Conditional(comparison, true, false));
    }

    private void add(long number, Opcode opcode) {
      byNumber.put(number, opcode);
    }
  }

  /** A number as messages write it. */
  static String hexadecimal(long number) {
    return "0x" + Long.toHexString(number).toLowerCase(Locale.ROOT);
  }
}
