package dev.tapwright.compiler.assembler;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Says what the operands of a block are. After a mistake, which is told of, anything. */
final class AssemblyOperands {
  private static final long CURRENT_PROCESSOR = 0xffff_ffffL;

  private final AssemblyProblems problems;
  private final AssemblyRegisters registers;
  private final int stringBytes;

  AssemblyOperands(AssemblyProblems problems, AssemblyRegisters registers, int stringBytes) {
    this.problems = problems;
    this.registers = registers;
    this.stringBytes = stringBytes;
  }

  /** A register that is read; a number of the long form is that of a register, too. */
  int register(WrittenOperand operand) {
    OptionalInt register =
        switch (operand) {
          case WrittenOperand.Word word -> registers.of(word.text());
          case WrittenOperand.Number number ->
              number.value() >= 0 && number.value() <= Assembly.FRAME
                  ? OptionalInt.of((int) number.value())
                  : OptionalInt.empty();
          default -> OptionalInt.empty();
        };
    if (register.isEmpty()) {
      wrong(operand, "expected a register, such as $name, $$ or r1");
    }
    return register.orElse(0);
  }

  /** A register that is assigned. */
  int assigned(WrittenOperand operand) {
    int register = register(operand);
    if (register == Assembly.FRAME || register == Assembly.CONTEXT) {
      wrong(operand, "this register cannot be assigned");
    }
    return register;
  }

  /** Whether a word is a number. */
  boolean isConstant(String word) {
    return word.equals("BPF_MAXSTRINGLEN") || word.equals("BPF_F_CURRENT_CPU");
  }

  private long constant(String word) {
    return word.equals("BPF_MAXSTRINGLEN") ? stringBytes : CURRENT_PROCESSOR;
  }

  /**
   * A number; an absent one is 0.
   *
   * @param isImmediate an instruction holds it in 32 bits, which it extends by their sign
   */
  long number(WrittenOperand operand, boolean isImmediate) {
    long value =
        switch (operand) {
          case WrittenOperand.Number number -> number.value();
          case WrittenOperand.Word word when isConstant(word.text()) -> constant(word.text());
          case WrittenOperand.Absent _ -> 0;
          default -> {
            wrong(operand, "expected a number");
            yield 0;
          }
        };
    if (!isImmediate) {
      return value;
    }
    if (value < Integer.MIN_VALUE || value > CURRENT_PROCESSOR) {
      wrong(operand, "an instruction holds 32 bits: load a longer number with lddw");
    }
    return (int) value;
  }

  /** An offset of an access; an absent one is 0. */
  int offset(WrittenOperand operand) {
    long value = number(operand, true);
    if (value != (short) value) {
      wrong(operand, "an offset is of 16 bits");
    }
    return (short) value;
  }

  /** An operand of a call. */
  AssemblyOperand value(WrittenOperand operand) {
    return switch (operand) {
      case WrittenOperand.Number number -> new AssemblyOperand.Number(number.value());
      case WrittenOperand.Text text -> text(text);
      case WrittenOperand.Word word when isConstant(word.text()) ->
          new AssemblyOperand.Number(constant(word.text()));
      default -> new AssemblyOperand.InRegister(register(operand));
    };
  }

  /** The address of a string. */
  AssemblyOperand text(WrittenOperand.Text operand) {
    String bytes = bytes(operand.token().text());
    int end = bytes.indexOf('\0');
    return new AssemblyOperand.Text(end < 0 ? bytes : bytes.substring(0, end));
  }

  /** A text as bytes, one {@code char} for each. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Says what is wrong with an operand. */
  void wrong(WrittenOperand operand, String message) {
    problems.add(operand.start(), operand.end(), message);
  }
}
