package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.bpf.KernelCode;
import dev.tapwright.compiler.bpf.KernelProgram;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.bpf.code.InstructionEncoder;
import dev.tapwright.compiler.machine.UserProgram;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ProgramImage;
import dev.tapwright.compiler.object.SectionNames;
import dev.tapwright.compiler.object.SessionPlan;
import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.KernelVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts the kernel half and the user half of a script together as one object. */
final class ObjectAssembler {
  private final Program program;
  private final int maximumErrors;
  private final Optional<String> kernelBuild;

  ObjectAssembler(Program program, int maximumErrors, Optional<String> kernelBuild) {
    this.kernelBuild = kernelBuild;
    this.program = program;
    this.maximumErrors = maximumErrors;
  }

  BpfObject assemble(
      String scriptName, KernelVersion kernel, KernelCode kernelCode, UserProgram userProgram) {
    SessionPlan plan =
        new SessionPlan(
            kernelBuild,
            entries(kernelCode),
            kernelCode.sessionMap(),
            kernelCode.eventMap(),
            kernelCode.events(),
            kernelCode.counters(),
            kernelCode.programFiles(),
            kernelCode.globals(),
            userProgram,
            maximumErrors);
    List<ProgramImage> images = kernelCode.programs().stream().map(this::image).toList();
    return new BpfObject(scriptName, versionCode(kernel), kernelCode.maps(), images, plan);
  }

  private List<ProbeEntry> entries(KernelCode kernelCode) {
    Map<Integer, Integer> programOfProbe = new HashMap<>();
    for (KernelProgram kernelProgram : kernelCode.programs()) {
      programOfProbe.put(kernelProgram.probe(), programOfProbe.size());
    }
    List<ProbeEntry> entries = new ArrayList<>();
    int userHandlers = 0;
    for (DerivedProbe probe : program.probes()) {
      boolean isUser = probe.attachPoint().placement() == Placement.USER;
      Integer place = programOfProbe.get(entries.size());
      entries.add(
          new ProbeEntry(
              probe.attachPoint(),
              probe.resolvedName(),
              place == null ? OptionalInt.empty() : OptionalInt.of(place),
              isUser ? OptionalInt.of(userHandlers++) : OptionalInt.empty()));
    }
    return entries;
  }

  private ProgramImage image(KernelProgram kernelProgram) {
    InstructionEncoder.Encoding encoding = InstructionEncoder.encode(kernelProgram.instructions());
    return new ProgramImage(
        kernelProgram.name(),
        SectionNames.of(
            kernelProgram.kind(), program.probes().get(kernelProgram.probe()).attachPoint()),
        kernelProgram.kind(),
        encoding.slots(),
        encoding.mapReferences().stream()
            .map(use -> new ProgramImage.MapReference(use.slot(), use.map(), use.isValue()))
            .toList(),
        kernelProgram.lines().stream()
            .map(
                line ->
                    new SourceLine(
                        encoding.slotOf().get(line.instruction()),
                        line.file(),
                        line.text(),
                        line.line(),
                        line.column()))
            .toList());
  }

  /** {@code LINUX_VERSION_CODE}, whose last part has one byte. */
  private static int versionCode(KernelVersion version) {
    return (version.major() << 16) | (version.minor() << 8) | Math.min(version.patch(), 255);
  }
}
