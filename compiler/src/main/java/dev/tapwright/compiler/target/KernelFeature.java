package dev.tapwright.compiler.target;

/**
 * A facility of the kernel's BPF that code generation or attaching depends on, and the version that
 * brought it.
 */
public enum KernelFeature {
  /** {@code bpf_perf_event_output} from kprobe, tracepoint programs. */
  PERF_EVENT_OUTPUT(
      4, 4, "per-CPU perf buffers", "everything that a kernel probe prints or reports"),
  /** {@code BPF_RAW_TRACEPOINT_OPEN}. */
  RAW_TRACEPOINT(
      4,
      17,
      "raw tracepoints",
      "`kernel.trace` reads the arguments of the tracepoint itself (before, the fields of its record); `process.begin`, `.end`, `.syscall` and their kin, with BTF"),
  /** kprobe and uprobe performance monitoring units: probes that are file descriptors. */
  PROBE_PMU(
      4,
      17,
      "kprobes and uprobes as file descriptors",
      "probes end with the process that runs them; before, they are written into tracefs"),
  /** {@code BPF_BTF_LOAD} with function and line information. */
  BTF_LINE_INFO(5, 0, "BTF line information", "the verifier and other tools quote the script"),
  /** {@code BPF_JMP32}: comparisons of the low halves of registers. */
  COMPARE_32(5, 1, "comparisons of 32 bits", "results of helpers compared in one instruction"),
  /** {@code BPF_PSEUDO_MAP_VALUE}: array elements addressed without a helper call. */
  DIRECT_MAP_VALUE(5, 2, "direct access to map values", "global scalars without a look-up"),
  /** Programs of up to a million instructions instead of 4096. */
  LARGE_PROGRAMS(5, 2, "more than 4096 instructions", "long handlers"),
  /** Loops that the verifier can see the end of. */
  BOUNDED_LOOPS(
      5, 3, "bounded loops", "`while`, `for`, strings that are computed, memory beyond the stack"),
  /** fentry and fexit programs. */
  FENTRY(
      5,
      5,
      "fentry and fexit",
      "functions are attached without a breakpoint, and their arguments known at their return"),
  /** {@code BPF_F_MMAPABLE}: array maps that user space maps into its memory. */
  MEMORY_MAPPED_ARRAY(
      5,
      5,
      "array maps mapped into memory",
      "global scalars of user-placed handlers without a system call"),
  /**
   * {@code bpf_probe_read_kernel} and {@code bpf_probe_read_user}, and their {@code _str} forms.
   */
  PROBE_READ_KERNEL(
      5,
      5,
      "separate kernel and user reads",
      "`kernel_…()` and `user_…()` cannot be taken for each other"),
  /** Functions of a program that the verifier looks at once, however often they are called. */
  GLOBAL_FUNCTIONS(
      5,
      6,
      "functions that are verified on their own",
      "loops that the verifier need not go through turn by turn, with the ring buffer"),
  /** {@code BPF_PROG_TYPE_LSM}. */
  SECURITY_HOOKS(
      5,
      7,
      "programs at security hooks",
      "`kernel.lsm` and `lsm.*`, where `bpf` is among the security modules that the kernel was booted with"),
  /** {@code BPF_MAP_TYPE_RINGBUF}. */
  RING_BUFFER(
      5,
      8,
      "ring buffer",
      "one buffer for all processors, in the order of events; before, one for each"),
  /** {@code BPF_PROG_TEST_RUN} of a raw tracepoint's program. */
  PROGRAM_RUN(
      5,
      10,
      "running a program on demand",
      "`kernel_string()`, `@cast` and their kin in user-placed handlers"),
  /** Hash maps with keys of more than 512 bytes. */
  LARGE_KEYS(
      5,
      11,
      "keys of more than 512 bytes",
      "arrays with a long string and something else as indexes"),
  /** BTF of modules, in {@code /sys/kernel/btf}. */
  MODULE_TYPES(
      5,
      11,
      "types of modules",
      "`$name` at functions and tracepoints of modules, `@cast` to their types"),
  /** Atomic exchange, compare-and-exchange, and fetching forms. */
  ATOMIC_FETCH(
      5,
      12,
      "atomic operations that return the old value",
      "the result of `x++` on a global is its own, whatever other processors add; before, only the sum is right"),
  /** {@code bpf_for_each_map_elem}. */
  FOR_EACH_MAP_ELEMENT(
      5, 13, "walking a map in the kernel", "`foreach`, `*` as an index, arrays that wrap"),
  /** Trampolines of functions that take structures of up to 16 bytes. */
  TRAMPOLINE_STRUCTURES(
      6,
      1,
      "fentry of functions that take structures",
      "functions with such arguments are attached without a breakpoint"),
  /** Trampolines of functions with arguments on the stack. */
  TRAMPOLINE_STACK(
      6,
      6,
      "fentry of functions with arguments on the stack",
      "functions with more than six arguments are attached without a breakpoint"),
  /** {@code bpf_map_lookup_percpu_elem}. */
  OTHER_PROCESSORS(
      5,
      19,
      "reading what other processors keep",
      "`@count` and its kin, and histograms, in a handler"),
  /** {@code BPF_PROG_TYPE_NETFILTER}. */
  PACKET_HOOKS(
      6,
      4,
      "programs at hooks of the packet filter",
      "`netfilter.*` of IPv4 and IPv6, in the session's network namespace"),
  /** {@code may_goto}: loops whose end the kernel sees to, so that the verifier need not. */
  MAY_GOTO(6, 9, "loops that the kernel bounds", "loops without a call for each turn"),
  /**
   * {@code bpf_get_current_comm} fills what it is given to the end. Linux 6.1 leaves what is behind
   * the name as it was; of the kernels that were tried 6.12 is the first that does not.
   */
  FILLED_NAMES(
      6, 12, "names of processes filled with zeros", "`execname()` without zeros written before"),
  /** Signed division instructions. */
  SIGNED_DIVISION(6, 6, "signed division instructions", "`/` and `%` in one instruction"),
  /**
   * Kernel functions can be attached to at all: CONFIG_KPROBES. Old as kprobes, but a kernel may be
   * built without.
   */
  KPROBES(4, 1, "kprobes", "kernel functions that fentry cannot be attached to");

  private final KernelVersion since;
  private final String description;
  private final String dependents;

  KernelFeature(int major, int minor, String description, String dependents) {
    this.since = KernelVersion.of(major, minor);
    this.description = description;
    this.dependents = dependents;
  }

  /** The first version that has it. */
  public KernelVersion since() {
    return since;
  }

  /** In words, for messages. */
  public String description() {
    return description;
  }

  /** What depends on it, in words, for documentation. */
  public String dependents() {
    return dependents;
  }
}
