package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.InstructionPrinter;
import dev.tapwright.compiler.bpf.code.Register;
import dev.tapwright.compiler.bpf.code.RegisterTypes;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Kernel code for people: maps, then programs, each instruction under the line of the script that
 * it comes from, with what it puts into a register when that is not a number.
 *
 * <pre>
 * map[1] n: hash of at most 2048, key 16 bytes, value 8 bytes
 *
 * kernel.trace("sched_switch"): raw_tracepoint kernel_trace, 41 instructions, 24 bytes of stack, maps n
 *  3:  probe kernel.trace("sched_switch") { n[execname()]++ }
 *    0: r6 = r1                                  ; context
 * </pre>
 */
public final class CodeListing {
  private final StringBuilder text = new StringBuilder();

  private final List<MapDefinition> maps;

  private CodeListing(List<MapDefinition> maps) {
    this.maps = maps;
  }

  /**
   * The listing.
   *
   * @param probeName gives the point of the probe at a place in the program
   */
  public static String of(KernelCode code, IntFunction<String> probeName) {
    CodeListing listing = new CodeListing(code.maps());
    for (int i = 0; i < code.maps().size(); i++) {
      listing.map(i, code.maps().get(i));
    }
    code.programs().forEach(program -> listing.program(program, probeName.apply(program.probe())));
    return listing.text.toString();
  }

  /**
   * What each program takes, a line each: instructions, stack, maps.
   *
   * @param probeName gives the point of the probe at a place in the program
   */
  public static List<String> costs(KernelCode code, IntFunction<String> probeName) {
    return code.programs().stream()
        .map(
            program ->
                probeName.apply(program.probe())
                    + ": "
                    + ProgramCost.of(program.instructions()).text(code.maps()))
        .toList();
  }

  private void map(int place, MapDefinition map) {
    text.append("map[").append(place).append("] ").append(map.name()).append(": ");
    text.append(lowerCase(map.type()));
    if (map.keySize() > 0) {
      text.append(" of at most ").append(map.maximumEntries());
      text.append(", key ").append(bytes(map.keySize()));
      text.append(", value ").append(bytes(map.valueSize()));
    } else if (map.maximumEntries() > 0) {
      text.append(" of ").append(bytes(map.maximumEntries()));
    }
    text.append('\n');
  }

  private void program(KernelProgram program, String probe) {
    List<Instruction> instructions = program.instructions();
    text.append('\n').append(probe).append(": ").append(lowerCase(program.kind())).append(' ');
    text.append(program.name()).append(", ");
    text.append(ProgramCost.of(instructions).text(maps)).append('\n');
    RegisterTypes types = RegisterTypes.of(instructions);
    List<SourceLine> lines = program.lines();
    int next = 0;
    String shown = "";
    for (int i = 0; i < instructions.size(); i++) {
      for (; next < lines.size() && lines.get(next).instruction() <= i; next++) {
        String line = lines.get(next).line() + ":  " + lines.get(next).text().strip();
        if (!line.equals(shown)) {
          shown = line;
          text.append("  ").append(line).append('\n');
        }
      }
      String instruction = "%6d: ".formatted(i) + InstructionPrinter.print(instructions.get(i));
      String type = assignedType(types, instructions, i);
      text.append(type.isEmpty() ? instruction : "%-48s; %s".formatted(instruction, type));
      text.append('\n');
    }
  }

  /** What an instruction puts into its register; empty for a number. */
  private String assignedType(RegisterTypes types, List<Instruction> instructions, int at) {
    if (at + 1 == instructions.size() || !types.isReached(at + 1)) {
      return "";
    }
    return switch (instructions.get(at)) {
      case Instruction.Arithmetic arithmetic ->
          described(types.of(at + 1, arithmetic.destination()));
      case Instruction.LoadMap load -> described(types.of(at + 1, load.destination()));
      case Instruction.LoadMapValue load -> described(types.of(at + 1, load.destination()));
      case Instruction.Call _ -> described(types.of(at + 1, Register.R0));
      default -> "";
    };
  }

  private String described(RegisterTypes.Type type) {
    return switch (type) {
      case RegisterTypes.Type.Number() -> "";
      case RegisterTypes.Type.Context() -> "context";
      case RegisterTypes.Type.Stack(OptionalInt offset) -> "stack" + signed(offset);
      case RegisterTypes.Type.MapAddress(int map) -> "map " + maps.get(map).name();
      case RegisterTypes.Type.Value(int map, OptionalInt offset, boolean mayBeNull) ->
          "value of %s%s%s"
              .formatted(maps.get(map).name(), signed(offset), mayBeNull ? ", or null" : "");
    };
  }

  private static String signed(OptionalInt offset) {
    if (offset.isEmpty()) {
      return " + …";
    }
    int known = offset.getAsInt();
    return known == 0 ? "" : known < 0 ? " - " + -known : " + " + known;
  }

  private static String bytes(int count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
