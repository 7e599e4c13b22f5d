package dev.tapwright.compiler.target;

/**
 * A BPF helper function: its number in {@code include/uapi/linux/bpf.h}, and the version that
 * brought it.
 */
public enum Helper {
  MAP_LOOKUP_ELEM(1, 3, 19),
  MAP_UPDATE_ELEM(2, 3, 19),
  MAP_DELETE_ELEM(3, 3, 19),
  PROBE_READ(4, 4, 1),
  KTIME_GET_NS(5, 4, 1),
  GET_PRANDOM_U32(7, 4, 1),
  GET_SMP_PROCESSOR_ID(8, 4, 1),
  GET_CURRENT_PID_TGID(14, 4, 2),
  GET_CURRENT_UID_GID(15, 4, 2),
  GET_CURRENT_COMM(16, 4, 2),
  PERF_EVENT_OUTPUT(25, 4, 4),
  GET_CURRENT_TASK(35, 4, 8),
  PROBE_READ_STR(45, 4, 11),
  GET_STACK(67, 4, 18),
  PROBE_READ_USER(112, 5, 5),
  PROBE_READ_KERNEL(113, 5, 5),
  PROBE_READ_USER_STR(114, 5, 5),
  PROBE_READ_KERNEL_STR(115, 5, 5),
  JIFFIES64(118, 5, 6),
  KTIME_GET_BOOT_NS(125, 5, 8),
  RINGBUF_OUTPUT(130, 5, 8),
  RINGBUF_RESERVE(131, 5, 8),
  RINGBUF_SUBMIT(132, 5, 8),
  RINGBUF_DISCARD(133, 5, 8),
  FOR_EACH_MAP_ELEM(164, 5, 13),
  SNPRINTF(165, 5, 13),
  MAP_LOOKUP_PERCPU_ELEM(195, 5, 19);

  private final int id;
  private final KernelVersion since;

  Helper(int id, int major, int minor) {
    this.id = id;
    this.since = KernelVersion.of(major, minor);
  }

  /** Its number. */
  public int id() {
    return id;
  }

  /** The first kernel that has it. */
  public KernelVersion since() {
    return since;
  }

  /** Its name as the kernel's documentation writes it. */
  public String kernelName() {
    return "bpf_" + name().toLowerCase(java.util.Locale.ROOT);
  }
}
