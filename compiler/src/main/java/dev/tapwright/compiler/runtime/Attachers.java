package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import java.util.List;

/** Finds the attacher of a probe. */
final class Attachers {
  private final BpfCalls bpf;
  private final PerfEvents perfEvents;
  private final SystemCalls systemCalls;

  Attachers(SystemCalls systemCalls) {
    this.systemCalls = systemCalls;
    this.bpf = new BpfCalls(systemCalls);
    this.perfEvents = new PerfEvents(systemCalls);
  }

  /**
   * Attaches a probe's program.
   *
   * @return the descriptors that hold it
   */
  List<Integer> attach(ProgramKind kind, ProbeEntry probe, int program) throws SessionException {
    try {
      return switch (probe.attachPoint()) {
        case AttachPoint.PerfEvent event when kind == ProgramKind.PERF_EVENT ->
            PerfEventAttacher.of(systemCalls, perfEvents, event).attach(program);
        case AttachPoint.Watchpoint data when kind == ProgramKind.PERF_EVENT ->
            PerfEventAttacher.of(systemCalls, perfEvents, data).attach(program);
        default -> List.of(attacherOf(kind, probe).attach(program));
      };
    } catch (SystemCallException failure) {
      String reason =
          failure.error() == ErrorNumber.EPERM || failure.error() == ErrorNumber.EACCES
              ? (Privileges.mayLoadPrograms() ? failure.error().text() : Privileges.needed())
              : failure.error().text();
      throw new SessionException(registrationError(probe, reason));
    } catch (RefusedPlaceException refusal) {
      throw new RefusedPlaceException(registrationError(probe, refusal.text()));
    } catch (SessionException failure) {
      throw new SessionException(registrationError(probe, failure.text()));
    }
  }

  private static String registrationError(ProbeEntry probe, String reason) {
    return "probe " + probe.name() + " registration error: " + reason;
  }

  private Attacher attacherOf(ProgramKind kind, ProbeEntry probe) throws SessionException {
    return switch (probe.attachPoint()) {
      case AttachPoint.Tracepoint tracepoint when kind == ProgramKind.RAW_TRACEPOINT ->
          new RawTracepointAttacher(bpf, tracepoint.name());
      case AttachPoint.ProcessEvent _ when kind == ProgramKind.TASK_ITERATOR ->
          new TaskIteration(systemCalls, bpf);
      case AttachPoint.ProcessEvent(AttachPoint.ProcessEvent.Event event)
          when kind == ProgramKind.RAW_TRACEPOINT ->
          new RawTracepointAttacher(bpf, event.tracepoint());
      case AttachPoint.Tracepoint tracepoint when kind == ProgramKind.TRACEPOINT ->
          new TracepointAttacher(perfEvents, tracepoint);
      case AttachPoint.KernelFunction function
          when kind == ProgramKind.KPROBE || kind == ProgramKind.KRETPROBE ->
          new KernelProbeAttacher(perfEvents, function);
      case AttachPoint.KernelFunction function
          when kind == ProgramKind.FENTRY || kind == ProgramKind.FEXIT ->
          program -> bpf.openRawTracepoint("", program);
      case AttachPoint.SecurityHook _ when kind == ProgramKind.SECURITY_HOOK ->
          program -> bpf.openRawTracepoint("", program);
      case AttachPoint.PacketHook hook when kind == ProgramKind.PACKET_HOOK ->
          new PacketHookAttacher(bpf, hook);
      case AttachPoint.UserFunction function
          when kind == ProgramKind.UPROBE || kind == ProgramKind.URETPROBE ->
          UserProbeAttacher.of(perfEvents, function);
      case AttachPoint.UserLinkage stub
          when kind == ProgramKind.UPROBE || kind == ProgramKind.URETPROBE ->
          UserProbeAttacher.of(perfEvents, stub);
      case AttachPoint.UserMark mark when kind == ProgramKind.UPROBE ->
          UserProbeAttacher.of(perfEvents, mark);
      default ->
          throw new SessionException("a program of kind " + kind + " cannot be attached there");
    };
  }
}
