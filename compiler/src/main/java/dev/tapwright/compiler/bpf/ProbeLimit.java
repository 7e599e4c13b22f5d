package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The number of programs that a kernel runs at one performance event of a tracepoint. */
final class ProbeLimit {
  /** {@code BPF_TRACE_MAX_PROGS} of kernel/trace/bpf_trace.c, the same from 4.14 to 6.18. */
  private static final int MAXIMUM = 64;

  private ProbeLimit() {}

  /** The errors of the first probes that are too many at their tracepoint. */
  static List<Diagnostic> check(Program program, KernelProfile profile) {
    Map<AttachPoint, Integer> counts = new HashMap<>();
    List<Diagnostic> errors = new ArrayList<>();
    for (DerivedProbe probe : program.probes()) {
      if (AttachMethod.of(probe.attachPoint(), profile) == AttachMethod.TRACEPOINT
          && counts.merge(probe.attachPoint(), 1, Integer::sum) == MAXIMUM + 1) {
        Span place = probe.origins().getLast().span();
        errors.add(
            Diagnostic.error(
                    KernelDiagnostics.NOT_SUPPORTED,
                    place,
                    "Linux %s runs at most %d probes at the event %s, and this is the first too many"
                        .formatted(profile.name(), MAXIMUM, probe.resolvedName()))
                .withNote("put several handlers together in one"));
      }
    }
    return errors;
  }
}
