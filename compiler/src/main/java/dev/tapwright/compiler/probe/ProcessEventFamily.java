package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.AttachPoint.NotCarried.Variable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code process.begin}, {@code .end}, {@code .thread.begin}, {@code .thread.end}, {@code .syscall}
 * and {@code .insn}, of all processes, of one program or of one process: what SystemTap's own
 * tracing of tasks tells, for which BPF has tracepoints.
 */
final class ProcessEventFamily implements ProbeFamily {
  private static final int SYSTEM_CALL_ARGUMENTS = 6;

  @Override
  public List<ProbePattern> patterns() {
    return ProbePattern.each(
        List.of("process", "process(string)", "process(number)"),
        List.of(
            ".begin",
            ".end",
            ".thread.begin",
            ".thread.end",
            ".syscall",
            ".syscall.return",
            ".insn",
            ".insn.block"),
        "What happens to a process");
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    boolean isSystemCall = point.has("syscall");
    boolean isReturn = point.has("return");
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                point.components().getLast().name(),
                "probes of a process' life are not supported yet",
                instead(point),
                isReturn,
                isSystemCall ? ProbeContext.Kind.KERNEL_FUNCTION : ProbeContext.Kind.NONE,
                isSystemCall ? variables(isReturn) : List.of(),
                Optional.empty()),
            point));
  }

  private static String instead(ConcretePoint point) {
    if (point.has("syscall")) {
      return "use syscall_any or syscall.* and compare pid() or execname()";
    }
    if (point.has("insn")) {
      return "BPF has nothing that runs at every instruction; sample with perf.* or timer.profile";
    }
    return point.has("end")
        ? "use kernel.trace(\"sched_process_exit\") and compare pid() or execname()"
        : "use kernel.trace(\"sched_process_fork\") or kernel.trace(\"sched_process_exec\"), and compare pid() or execname()";
  }

  private static List<Variable> variables(boolean isReturn) {
    Stream<Variable> number = Stream.of(new Variable("syscall", "long"));
    return Stream.concat(
            number,
            isReturn
                ? Stream.of(new Variable("return", "long"))
                : IntStream.rangeClosed(1, SYSTEM_CALL_ARGUMENTS)
                    .mapToObj(i -> new Variable("arg" + i, "long")))
        .toList();
  }
}
