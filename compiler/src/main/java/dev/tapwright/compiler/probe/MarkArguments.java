package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.probe.ContextVariable.Operand;
import dev.tapwright.compiler.target.DataTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of a mark, from what its note says they are in: words such as {@code -4@%edi} or
 * {@code 8@-16(%rbp)}, a size that is negative for signed numbers and an operand as x86-64's
 * assembler writes it.
 */
final class MarkArguments {
  private static final Pattern WORD =
      Pattern.compile("(?:(-?[1248])f?@)?(\\S*\\([^)]*\\)|\\S+)(?:\\s+|$)");

  private static final Pattern MEMORY =
      Pattern.compile("(-?\\w*)\\((?:%(\\w+))?(?:,\\s*%(\\w+)(?:,\\s*([1248]))?)?\\)");

  /** In the order of their DWARF numbers, each whole and its lower parts. */
  private static final List<List<String>> REGISTERS =
      List.of(
          List.of("rax", "eax", "ax", "al"),
          List.of("rdx", "edx", "dx", "dl"),
          List.of("rcx", "ecx", "cx", "cl"),
          List.of("rbx", "ebx", "bx", "bl"),
          List.of("rsi", "esi", "si", "sil"),
          List.of("rdi", "edi", "di", "dil"),
          List.of("rbp", "ebp", "bp", "bpl"),
          List.of("rsp", "esp", "sp", "spl"),
          List.of("r8", "r8d", "r8w", "r8b"),
          List.of("r9", "r9d", "r9w", "r9b"),
          List.of("r10", "r10d", "r10w", "r10b"),
          List.of("r11", "r11d", "r11w", "r11b"),
          List.of("r12", "r12d", "r12w", "r12b"),
          List.of("r13", "r13d", "r13w", "r13b"),
          List.of("r14", "r14d", "r14w", "r14b"),
          List.of("r15", "r15d", "r15w", "r15b"));

  /** What SystemTap calls them all; how wide each is stands in its place. */
  private static final String TYPE = "long";

  private MarkArguments() {}

  /** The variables {@code arg1}, {@code arg2} and so on; without those that are nowhere known. */
  static List<ContextVariable> of(String arguments, DataTypes data) {
    List<ContextVariable> variables = new ArrayList<>();
    Matcher words = WORD.matcher(arguments.strip());
    for (int number = 1; words.find(); number++) {
      int size = words.group(1) == null ? -Long.BYTES : Integer.parseInt(words.group(1));
      String name = "arg" + number;
      operand(words.group(2))
          .ifPresent(
              operand ->
                  variables.add(
                      new ContextVariable(
                          name,
                          TYPE,
                          data.named(TYPE).orElse(0),
                          new Location.MarkArgument(operand, Math.abs(size), size < 0))));
    }
    return variables;
  }

  private static Optional<Operand> operand(String text) {
    if (text.startsWith("$")) {
      return number(text.substring(1)).map(Operand.Constant::new);
    }
    if (text.startsWith("%")) {
      OptionalInt register = register(text.substring(1));
      return register.isPresent()
          ? Optional.of(new Operand.Register(register.getAsInt()))
          : Optional.empty();
    }
    Matcher memory = MEMORY.matcher(text);
    if (!memory.matches()) {
      return Optional.empty();
    }
    // A name in place of the number is a variable of the program, which the file alone does not
    // place.
    Optional<Long> displacement =
        memory.group(1).isEmpty() ? Optional.of(0L) : number(memory.group(1));
    OptionalInt base = register(memory.group(2));
    OptionalInt index = register(memory.group(3));
    if (displacement.isEmpty() || base.isEmpty() || (memory.group(3) != null && index.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Operand.Memory(
            base.getAsInt(),
            index,
            memory.group(4) == null ? 1 : Integer.parseInt(memory.group(4)),
            displacement.get()));
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.decode(text));
    } catch (NumberFormatException name) {
      return Optional.empty();
    }
  }

  private static OptionalInt register(@org.jspecify.annotations.Nullable String name) {
    for (int i = 0; name != null && i < REGISTERS.size(); i++) {
      if (REGISTERS.get(i).contains(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
