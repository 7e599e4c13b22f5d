package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.bpf.MapDefinition;
import java.util.List;

/**
 * What stands in the section that only our own run time reads: everything but the code.
 *
 * @param mapSymbols the symbol of each map
 */
record ObjectManifest(
    String scriptName,
    int kernelVersion,
    List<MapDefinition> maps,
    List<String> mapSymbols,
    List<Program> programs,
    SessionPlan plan) {
  ObjectManifest {
    maps = List.copyOf(maps);
    mapSymbols = List.copyOf(mapSymbols);
    programs = List.copyOf(programs);
  }

  /**
   * A program without its code, which stands under the symbol, and behind it that of the functions
   * that it calls.
   *
   * @param firstFunction where its functions begin in their section, in slots
   * @param functionSlots how many slots they are
   */
  record Program(
      String symbol,
      String name,
      String section,
      ProgramKind kind,
      List<SourceLine> lines,
      int firstFunction,
      int functionSlots) {
    Program {
      lines = List.copyOf(lines);
    }
  }

  static ObjectManifest of(BpfObject object, ObjectSymbols symbols) {
    List<Program> programs = new java.util.ArrayList<>();
    int functions = 0;
    for (int i = 0; i < object.programs().size(); i++) {
      ProgramImage image = object.programs().get(i);
      int functionSlots = image.slots().size() - image.mainSlots();
      programs.add(
          new Program(
              symbols.programs().get(i),
              image.name(),
              image.section(),
              image.kind(),
              image.lines(),
              functions,
              functionSlots));
      functions += functionSlots;
    }
    return new ObjectManifest(
        object.scriptName(),
        object.kernelVersion(),
        object.maps(),
        symbols.maps().stream().map(ObjectSymbols.MapSymbol::name).toList(),
        programs,
        object.plan());
  }
}
