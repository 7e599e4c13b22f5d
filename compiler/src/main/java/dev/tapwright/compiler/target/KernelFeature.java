package dev.tapwright.compiler.target;

/**
 * A facility of the kernel's BPF that code generation or attaching depends on, and the version that
 * brought it.
 */
public enum KernelFeature {
  /** {@code bpf_perf_event_output} from kprobe, tracepoint programs. */
  PERF_EVENT_OUTPUT(4, 4, "per-CPU perf buffers"),
  /** {@code BPF_RAW_TRACEPOINT_OPEN}. */
  RAW_TRACEPOINT(4, 17, "raw tracepoints"),
  /** kprobe and uprobe performance monitoring units: probes that are file descriptors. */
  PROBE_PMU(4, 17, "kprobes and uprobes as file descriptors"),
  /** {@code BPF_BTF_LOAD} with function and line information. */
  BTF_LINE_INFO(5, 0, "BTF line information"),
  /** {@code BPF_PSEUDO_MAP_VALUE}: array elements addressed without a helper call. */
  DIRECT_MAP_VALUE(5, 2, "direct access to map values"),
  /** Programs of up to a million instructions instead of 4096. */
  LARGE_PROGRAMS(5, 2, "more than 4096 instructions"),
  /** Loops that the verifier can see the end of. */
  BOUNDED_LOOPS(5, 3, "bounded loops"),
  /** fentry and fexit programs. */
  FENTRY(5, 5, "fentry and fexit"),
  /** {@code BPF_F_MMAPABLE}: array maps that user space maps into its memory. */
  MEMORY_MAPPED_ARRAY(5, 5, "array maps mapped into memory"),
  /**
   * {@code bpf_probe_read_kernel} and {@code bpf_probe_read_user}, and their {@code _str} forms.
   */
  PROBE_READ_KERNEL(5, 5, "separate kernel and user reads"),
  /** Functions of a program that the verifier looks at once, however often they are called. */
  GLOBAL_FUNCTIONS(5, 6, "functions that are verified on their own"),
  /** {@code BPF_MAP_TYPE_RINGBUF}. */
  RING_BUFFER(5, 8, "ring buffer"),
  /** Atomic exchange, compare-and-exchange, and fetching forms. */
  ATOMIC_FETCH(5, 12, "atomic operations that return the old value"),
  /** {@code bpf_for_each_map_elem}. */
  FOR_EACH_MAP_ELEMENT(5, 13, "walking a map in the kernel"),
  /** {@code bpf_loop}. */
  LOOP_HELPER(5, 17, "the bpf_loop helper"),
  /** {@code may_goto}: loops whose end the kernel sees to, so that the verifier need not. */
  MAY_GOTO(6, 9, "loops that the kernel bounds"),
  /** Signed division instructions. */
  SIGNED_DIVISION(6, 6, "signed division instructions"),
  /**
   * Kernel functions can be attached to at all: CONFIG_KPROBES. Old as kprobes, but a kernel may be
   * built without.
   */
  KPROBES(4, 1, "kprobes");

  private final KernelVersion since;
  private final String description;

  KernelFeature(int major, int minor, String description) {
    this.since = KernelVersion.of(major, minor);
    this.description = description;
  }

  /** The first version that has it. */
  public KernelVersion since() {
    return since;
  }

  /** In words, for messages. */
  public String description() {
    return description;
  }
}
