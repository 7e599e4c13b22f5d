package dev.tapwright.compiler.probe;

import java.util.List;

/** {@code process.insn} and {@code .insn.block}: every instruction, which BPF cannot follow. */
final class ProcessInstructionFamily implements ProbeFamily {
  @Override
  public List<ProbePattern> patterns() {
    return ProbePattern.each(
        List.of("process", "process(string)", "process(number)"),
        List.of(".insn", ".insn.block"),
        "Every instruction of a process");
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return Resolution.found(
        ProbeMatch.notCarried(
            AttachPoint.NotCarried.plain(
                point.components().get(1).toString(),
                "BPF has nothing that runs at every instruction",
                "sample with perf.* or timer.profile"),
            point));
  }
}
