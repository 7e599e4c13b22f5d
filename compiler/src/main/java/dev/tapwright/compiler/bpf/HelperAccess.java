package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.InstructionSelector.Selection;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which helpers a sort of program may call: {@code bpf_tracing_func_proto} of {@code
 * kernel/trace/bpf_trace.c} and what is beside it; for the packet filter {@code
 * bpf_base_func_proto} of {@code kernel/bpf/helpers.c} as of Linux 6.4.
 */
final class HelperAccess {
  private static final Set<Helper> PACKET_HOOK =
      EnumSet.of(
          Helper.MAP_LOOKUP_ELEM,
          Helper.MAP_UPDATE_ELEM,
          Helper.MAP_DELETE_ELEM,
          Helper.MAP_LOOKUP_PERCPU_ELEM,
          Helper.FOR_EACH_MAP_ELEM,
          Helper.KTIME_GET_NS,
          Helper.KTIME_GET_BOOT_NS,
          Helper.KTIME_GET_TAI_NS,
          Helper.JIFFIES64,
          Helper.GET_PRANDOM_U32,
          Helper.GET_SMP_PROCESSOR_ID,
          Helper.GET_NUMA_NODE_ID,
          Helper.GET_CURRENT_TASK,
          Helper.GET_CURRENT_TASK_BTF,
          Helper.TASK_PT_REGS,
          Helper.RINGBUF_OUTPUT,
          Helper.RINGBUF_RESERVE,
          Helper.RINGBUF_SUBMIT,
          Helper.RINGBUF_DISCARD,
          Helper.PROBE_READ_USER,
          Helper.PROBE_READ_KERNEL,
          Helper.PROBE_READ_USER_STR,
          Helper.PROBE_READ_KERNEL_STR,
          Helper.SNPRINTF,
          Helper.STRNCMP);

  private HelperAccess() {}

  /** Errors at what calls a helper that programs of that kind have not, each place once. */
  static List<Diagnostic> check(Selection selection, ProgramKind kind) {
    List<Diagnostic> errors = new ArrayList<>();
    Set<Span> places = new HashSet<>();
    for (int i = 0; i < selection.instructions().size(); i++) {
      Span place = selection.spans().get(i).outermost();
      if (selection.instructions().get(i) instanceof Instruction.Call(Helper helper)
          && !mayCall(kind, helper)
          && places.add(place)) {
        errors.add(
            Diagnostic.error(
                    KernelDiagnostics.HELPER,
                    place,
                    "this needs the helper %s, which the kernel does not give %s"
                        .formatted(helper.kernelName(), words(kind)))
                .withNote("ask for it in a probe of another sort"));
      }
    }
    return errors;
  }

  private static boolean mayCall(ProgramKind kind, Helper helper) {
    if (kind == ProgramKind.PACKET_HOOK) {
      return PACKET_HOOK.contains(helper);
    }
    return switch (helper) {
      case OVERRIDE_RETURN -> kind == ProgramKind.KPROBE;
      case READ_BRANCH_RECORDS -> kind == ProgramKind.PERF_EVENT;
      case GET_FUNC_RET -> kind == ProgramKind.FEXIT;
      case GET_FUNC_ARG, GET_FUNC_ARG_CNT -> isTrampoline(kind);
      case GET_FUNC_IP -> isTrampoline(kind) || isProbe(kind);
      case GET_ATTACH_COOKIE ->
          isTrampoline(kind)
              || isProbe(kind)
              || kind == ProgramKind.TRACEPOINT
              || kind == ProgramKind.PERF_EVENT;
      default -> true;
    };
  }

  private static boolean isTrampoline(ProgramKind kind) {
    return kind == ProgramKind.FENTRY || kind == ProgramKind.FEXIT;
  }

  private static boolean isProbe(ProgramKind kind) {
    return switch (kind) {
      case KPROBE, KRETPROBE, UPROBE, URETPROBE -> true;
      default -> false;
    };
  }

  private static String words(ProgramKind kind) {
    return switch (kind) {
      case KPROBE, KRETPROBE, UPROBE, URETPROBE -> "kprobes and uprobes";
      case FENTRY -> "probes at a function's entry";
      case FEXIT -> "probes at a function's return";
      case TRACEPOINT, RAW_TRACEPOINT -> "probes at tracepoints";
      case TASK_ITERATOR -> "probes that run when the session starts";
      case PERF_EVENT -> "probes of performance events";
      case SECURITY_HOOK -> "probes at security hooks";
      case PACKET_HOOK -> "probes in the packet filter";
    };
  }
}
