package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.DebugInformation;
import dev.tapwright.compiler.object.DebugInformation.Line;
import dev.tapwright.compiler.object.DebugInformation.ProgramInformation;
import dev.tapwright.compiler.runtime.BpfCalls.ProgramDebugInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the kernel where programs come from, so that its verifier and {@code bpftool prog dump}
 * name lines of the script. From 5.0 on; older kernels, and kernels that refuse it, do without.
 */
final class DebugInformationLoader {
  private DebugInformationLoader() {}

  /**
   * Loads an object's types; gives what belongs to each program, or nothing for any where the
   * kernel refuses.
   */
  static List<Optional<ProgramDebugInfo>> load(
      BpfCalls bpf, Descriptors descriptors, BpfObject object) {
    DebugInformation information = DebugInformation.of(object);
    try {
      int types = descriptors.add(bpf.loadBtf(information.types()));
      return information.programs().stream().map(program -> records(types, program)).toList();
    } catch (SystemCallException unsupported) {
      return object.programs().stream().map(_ -> Optional.<ProgramDebugInfo>empty()).toList();
    }
  }

  private static Optional<ProgramDebugInfo> records(int types, ProgramInformation program) {
    if (program.lines().isEmpty()) {
      return Optional.empty(); // the kernel wants a line for the first instruction
    }
    List<Integer> lines = program.lines().stream().flatMap(DebugInformationLoader::record).toList();
    List<Integer> functions =
        program.functions().stream()
            .flatMap(function -> Stream.of(function.slot(), function.type()))
            .toList();
    return Optional.of(new ProgramDebugInfo(types, functions, lines));
  }

  private static Stream<Integer> record(Line line) {
    return Stream.of(line.slot(), line.file(), line.text(), line.position());
  }
}
