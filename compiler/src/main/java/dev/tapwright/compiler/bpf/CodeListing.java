package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Kernel code for people: maps, then programs, each instruction under the line of the script that
 * it comes from.
 *
 * <pre>
 * map[1] n: hash of at most 2048, key 16 bytes, value 8 bytes
 *
 * kernel.trace("sched_switch"): raw_tracepoint kernel_trace, 41 instructions
 *  3:  probe kernel.trace("sched_switch") { n[execname()]++ }
 *    0: r6 = r1
 * </pre>
 */
public final class CodeListing {
  private final StringBuilder text = new StringBuilder();

  private CodeListing() {}

  /**
   * The listing.
   *
   * @param probeName gives the point of the probe at a place in the program
   */
  public static String of(KernelCode code, IntFunction<String> probeName) {
    CodeListing listing = new CodeListing();
    for (int i = 0; i < code.maps().size(); i++) {
      listing.map(i, code.maps().get(i));
    }
    code.programs().forEach(program -> listing.program(program, probeName.apply(program.probe())));
    return listing.text.toString();
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
    text.append(program.name()).append(", ").append(instructions.size()).append(" instructions\n");
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
      text.append("%6d: ".formatted(i)).append(InstructionPrinter.print(instructions.get(i)));
      text.append('\n');
    }
  }

  private static String bytes(int count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
