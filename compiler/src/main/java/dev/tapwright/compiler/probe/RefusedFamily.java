package dev.tapwright.compiler.probe;

import java.util.List;
import java.util.Optional;

/**
 * Probe points that are all refused for one reason, wherever they are.
 *
 * @param reason why they cannot be, as it follows a colon
 * @param advice what to do instead
 */
record RefusedFamily(List<ProbePattern> patterns, String reason, String advice)
    implements ProbeFamily {
  /** Copies the list. */
  RefusedFamily {
    patterns = List.copyOf(patterns);
  }

  /** {@code process.insn} and {@code .insn.block}: every instruction, which BPF cannot follow. */
  static RefusedFamily processInstruction() {
    return new RefusedFamily(
        ProbePattern.each(
            List.of("process", "process(string)", "process(number)"),
            List.of(".insn", ".insn.block"),
            "Every instruction of a process"),
        "BPF has nothing that runs at every instruction",
        "sample with perf.* or timer.profile");
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                point.components().get(1).toString(),
                reason,
                advice,
                false,
                ProbeContext.Kind.NONE,
                List.of(),
                Optional.empty()),
            point));
  }
}
