package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;

/** How a probe is attached on a kernel. */
public enum AttachMethod {
  /** Not in the kernel: the user-space machine runs the handler. */
  USER_SPACE("runs in user space"),
  FENTRY("fentry"),
  FEXIT("fexit"),
  KPROBE("kprobe"),
  KRETPROBE("kretprobe"),
  /** The tracepoint's own arguments (4.17). */
  RAW_TRACEPOINT("raw tracepoint"),
  /** Through the performance event of the tracepoint: the fields of its {@code format} file. */
  TRACEPOINT("tracepoint"),
  /** Sampling of a performance event on every processor. */
  PERF_EVENT("perf event"),
  /** Its events are counted, for {@code @perf} to read; its handler does not run. */
  COUNTER("counts for @perf, and runs no handler"),
  /** A breakpoint of the processor on data: a performance event on every processor. */
  WATCHPOINT("watchpoint of the processor"),
  /** Where the kernel asks its security modules (5.7). */
  SECURITY_HOOK("security hook"),
  /** At a hook of the packet filter (6.4). */
  PACKET_HOOK("hook of the packet filter"),
  /** The kernel goes through all tasks when the program is attached (5.8). */
  TASK_ITERATOR("iterator of tasks"),
  UPROBE("uprobe"),
  URETPROBE("uretprobe"),
  /** Analysed, and refused by code generation. */
  NOT_CARRIED("cannot be run as BPF"),
  /** The kernel has no way to do it. */
  UNAVAILABLE("this kernel cannot attach it");

  /** The kernel's function that stands for programs of {@link #TASK_ITERATOR}. */
  public static final String TASK_ITERATOR_FUNCTION = "bpf_iter_task";

  private final String description;

  AttachMethod(String description) {
    this.description = description;
  }

  /** In words, for hovers. */
  public String description() {
    return description;
  }

  /** The method that a point is attached by on a kernel. */
  public static AttachMethod of(AttachPoint point, KernelProfile profile) {
    return switch (point) {
      case AttachPoint.Begin begin -> USER_SPACE;
      case AttachPoint.End end -> USER_SPACE;
      case AttachPoint.Error error -> USER_SPACE;
      case AttachPoint.Never never -> USER_SPACE;
      case AttachPoint.Timer timer -> USER_SPACE;
      case AttachPoint.File file -> USER_SPACE;
      case AttachPoint.KernelFunction function -> ofFunction(function, profile);
      case AttachPoint.Tracepoint tracepoint ->
          // The system calls' own events are not tracepoints: they are made out of sys_enter and
          // sys_exit.
          profile.has(KernelFeature.RAW_TRACEPOINT) && !tracepoint.system().equals("syscalls")
              ? RAW_TRACEPOINT
              : TRACEPOINT;
      case AttachPoint.ProcessEvent(AttachPoint.ProcessEvent.Event event)
          when event == AttachPoint.ProcessEvent.Event.EXISTING ->
          TASK_ITERATOR;
      case AttachPoint.ProcessEvent event ->
          profile.has(KernelFeature.RAW_TRACEPOINT) ? RAW_TRACEPOINT : UNAVAILABLE;
      case AttachPoint.UserMark mark -> UPROBE;
      case AttachPoint.UserLinkage stub -> stub.isReturn() ? URETPROBE : UPROBE;
      case AttachPoint.PerfEvent event -> PERF_EVENT;
      case AttachPoint.Watchpoint data -> WATCHPOINT;
      case AttachPoint.SecurityHook hook -> SECURITY_HOOK;
      case AttachPoint.PacketHook hook -> PACKET_HOOK;
      case AttachPoint.Counter counter -> COUNTER;
      case AttachPoint.NotCarried place -> NOT_CARRIED;
      case AttachPoint.UserFunction function -> function.isReturn() ? URETPROBE : UPROBE;
    };
  }

  private static AttachMethod ofFunction(
      AttachPoint.KernelFunction function, KernelProfile profile) {
    if (profile.has(KernelFeature.FENTRY)
        && function.btfId().isPresent()
        && function.module().isEmpty()) {
      return function.isReturn() ? FEXIT : FENTRY;
    }
    if (profile.has(KernelFeature.KPROBES)) {
      return function.isReturn() ? KRETPROBE : KPROBE;
    }
    return UNAVAILABLE;
  }
}
