package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tells the kernel, and who asks it, the names of programs and the script lines that their
 * code comes from; with it the verifier's log and other tools' dumps quote the script.
 */
public final class DebugInformation {
  /** {@code line_info} has 22 bits for the line and 10 for the column. */
  private static final int LARGEST_LINE = (1 << 22) - 1;

  private static final int LARGEST_COLUMN = (1 << 10) - 1;

  private final byte[] types;
  private final List<ProgramInformation> programs;
  private final Map<String, Integer> sectionNames;

  private DebugInformation(
      byte[] types, List<ProgramInformation> programs, Map<String, Integer> sectionNames) {
    this.types = types;
    this.programs = programs;
    this.sectionNames = sectionNames;
  }

  /**
   * What belongs to one program.
   *
   * @param functions ascending by slot, the program itself first
   * @param lines ascending by slot, the first for slot 0; may be empty
   */
  public record ProgramInformation(List<Function> functions, List<Line> lines) {
    /** Copies the lists. */
    public ProgramInformation {
      functions = List.copyOf(functions);
      lines = List.copyOf(lines);
    }
  }

  /**
   * A function of a program: a {@code struct bpf_func_info}.
   *
   * @param slot its first slot in the program
   * @param type number of its {@code FUNC} in the types
   * @param name its name there
   */
  public record Function(int slot, int type, String name) {}

  /**
   * The source of the slots from one on: a {@code struct bpf_line_info}.
   *
   * @param slot slot in the program
   * @param file offset of the file's name in the types' names
   * @param text offset of the line's text in the types' names
   * @param position line and column in one number, as the kernel takes it
   */
  public record Line(int slot, int file, int text, int position) {}

  /** Makes it for an object. */
  public static DebugInformation of(BpfObject object) {
    return of(object, ObjectSymbols.of(object));
  }

  static DebugInformation of(BpfObject object, ObjectSymbols symbols) {
    BtfWriter writer = new BtfWriter();
    MapTypes.write(writer, symbols);
    int result = writer.integer("int", 4, true);
    int context = writer.pointer(0);
    List<ProgramInformation> programs = new ArrayList<>();
    Map<String, Integer> sectionNames = new HashMap<>();
    for (int i = 0; i < object.programs().size(); i++) {
      String section = object.programs().get(i).section();
      sectionNames.put(section, writer.name(section));
      sectionNames.computeIfAbsent(ElfFile.FUNCTIONS, writer::name);
      int prototype = writer.prototype(result, "context", context);
      String name = symbols.programs().get(i);
      List<Function> functions = new ArrayList<>();
      functions.add(new Function(0, writer.function(name, prototype), name));
      for (int start : ProgramSlots.functions(object.programs().get(i).slots())) {
        // What a global function takes and gives are numbers.
        int own = writer.prototype(result, "element", result);
        String function = name + "_f" + functions.size();
        functions.add(new Function(start, writer.function(function, own), function));
      }
      for (int start : ProgramSlots.calledBack(object.programs().get(i).slots())) {
        String own = name + "_c" + functions.size();
        functions.add(new Function(start, writer.localFunction(own, prototype), own));
      }
      functions.sort(Comparator.comparingInt(Function::slot));
      programs.add(new ProgramInformation(functions, lines(object.programs().get(i), writer)));
    }
    return new DebugInformation(writer.toBytes(), programs, sectionNames);
  }

  /** BTF, as {@code BPF_BTF_LOAD} takes it. */
  public byte[] types() {
    return types.clone();
  }

  /** One for each of the object's programs. */
  public List<ProgramInformation> programs() {
    return programs;
  }

  /** Where the name of a program's section stands in the types' names. */
  int sectionName(String section) {
    return sectionNames.getOrDefault(section, 0);
  }

  private static List<Line> lines(ProgramImage program, BtfWriter writer) {
    List<Line> lines = new ArrayList<>();
    // The kernel wants a line for the first slot, or none at all.
    if (program.lines().isEmpty() || program.lines().getFirst().instruction() != 0) {
      return lines;
    }
    for (SourceLine source : program.lines()) {
      int line = Math.clamp(source.line(), 0, LARGEST_LINE);
      int column = Math.clamp(source.column(), 0, LARGEST_COLUMN);
      Line made =
          new Line(
              source.instruction(),
              writer.name(source.file()),
              writer.name(source.text()),
              (line << 10) | column);
      // The kernel wants each slot at most once.
      if (!lines.isEmpty() && lines.getLast().slot() == made.slot()) {
        lines.removeLast();
      }
      lines.add(made);
    }
    return lines;
  }
}
