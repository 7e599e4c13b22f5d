package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.probe.AttachPoint;

/**
 * The names of program sections by which loaders know what a program is and where it goes (libbpf's
 * convention).
 */
public final class SectionNames {
  private SectionNames() {}

  /** The section of a program of that kind at that place, such as {@code raw_tp/sched_switch}. */
  public static String of(ProgramKind kind, AttachPoint attachPoint) {
    return switch (attachPoint) {
      case AttachPoint.KernelFunction function -> prefix(kind) + function.symbol();
      case AttachPoint.Tracepoint(String system, String name) ->
          prefix(kind) + (kind == ProgramKind.TRACEPOINT ? system + "/" : "") + name;
      case AttachPoint.ProcessEvent(AttachPoint.ProcessEvent.Event event) ->
          prefix(kind) + event.tracepoint();
      // libbpf's form is PATH:SYMBOL or PATH:OFFSET.
      case AttachPoint.UserFunction function ->
          prefix(kind) + function.path() + ":" + function.symbol();
      case AttachPoint.UserLinkage stub -> prefix(kind) + stub.path() + ":" + stub.fileOffset();
      case AttachPoint.UserMark mark -> prefix(kind) + mark.path() + ":" + mark.fileOffset();
      case AttachPoint.PerfEvent _, AttachPoint.Watchpoint _, AttachPoint.PacketHook _ ->
          prefix(kind);
      case AttachPoint.SecurityHook hook -> prefix(kind) + hook.hook();
      case AttachPoint.Begin _,
          AttachPoint.End _,
          AttachPoint.Error _,
          AttachPoint.Never _,
          AttachPoint.Counter _,
          AttachPoint.Timer _,
          AttachPoint.File _,
          AttachPoint.NotCarried _ ->
          throw new IllegalArgumentException("no kernel program: " + attachPoint);
    };
  }

  private static String prefix(ProgramKind kind) {
    return switch (kind) {
      case KPROBE -> "kprobe/";
      case KRETPROBE -> "kretprobe/";
      case FENTRY -> "fentry/";
      case FEXIT -> "fexit/";
      case TRACEPOINT -> "tracepoint/";
      case RAW_TRACEPOINT -> "raw_tp/";
      case TASK_ITERATOR -> "iter/";
      case PERF_EVENT -> "perf_event";
      case SECURITY_HOOK -> "lsm/";
      case PACKET_HOOK -> "netfilter";
      case UPROBE -> "uprobe/";
      case URETPROBE -> "uretprobe/";
    };
  }
}
