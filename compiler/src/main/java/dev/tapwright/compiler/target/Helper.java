package dev.tapwright.compiler.target;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A BPF helper function: its number in {@code include/uapi/linux/bpf.h}, the version that brought
 * it, and how many arguments it takes.
 */
public enum Helper {
  MAP_LOOKUP_ELEM(1, 3, 19, 2),
  MAP_UPDATE_ELEM(2, 3, 19, 4),
  MAP_DELETE_ELEM(3, 3, 19, 2),
  PROBE_READ(4, 4, 1, 3),
  KTIME_GET_NS(5, 4, 1, 0),
  GET_PRANDOM_U32(7, 4, 1, 0),
  GET_SMP_PROCESSOR_ID(8, 4, 1, 0),
  GET_CURRENT_PID_TGID(14, 4, 2, 0),
  GET_CURRENT_UID_GID(15, 4, 2, 0),
  GET_CURRENT_COMM(16, 4, 2, 2),
  PERF_EVENT_READ(22, 4, 3, 2),
  PERF_EVENT_OUTPUT(25, 4, 4, 5),
  GET_CURRENT_TASK(35, 4, 8, 0),
  PROBE_WRITE_USER(36, 4, 8, 3),
  CURRENT_TASK_UNDER_CGROUP(37, 4, 9, 2),
  GET_NUMA_NODE_ID(42, 4, 10, 0),
  PROBE_READ_STR(45, 4, 11, 3),
  OVERRIDE_RETURN(58, 4, 16, 2),
  GET_STACK(67, 4, 18, 4),
  GET_CURRENT_CGROUP_ID(80, 4, 18, 0),
  SEND_SIGNAL(109, 5, 3, 1),
  PROBE_READ_USER(112, 5, 5, 3),
  PROBE_READ_KERNEL(113, 5, 5, 3),
  PROBE_READ_USER_STR(114, 5, 5, 3),
  PROBE_READ_KERNEL_STR(115, 5, 5, 3),
  SEND_SIGNAL_THREAD(117, 5, 6, 1),
  JIFFIES64(118, 5, 6, 0),
  READ_BRANCH_RECORDS(119, 5, 6, 4),
  GET_NS_CURRENT_PID_TGID(120, 5, 7, 4),
  GET_CURRENT_ANCESTOR_CGROUP_ID(123, 5, 7, 1),
  KTIME_GET_BOOT_NS(125, 5, 8, 0),
  RINGBUF_OUTPUT(130, 5, 8, 4),
  RINGBUF_RESERVE(131, 5, 8, 3),
  RINGBUF_SUBMIT(132, 5, 8, 2),
  RINGBUF_DISCARD(133, 5, 8, 2),
  GET_TASK_STACK(141, 5, 9, 4),
  GET_CURRENT_TASK_BTF(158, 5, 11, 0),
  KTIME_GET_COARSE_NS(160, 5, 11, 0),
  FOR_EACH_MAP_ELEM(164, 5, 13, 4),
  SNPRINTF(165, 5, 13, 5),
  GET_FUNC_IP(173, 5, 15, 1),
  GET_ATTACH_COOKIE(174, 5, 15, 1),
  TASK_PT_REGS(175, 5, 15, 1),
  GET_BRANCH_SNAPSHOT(176, 5, 16, 3),
  STRNCMP(182, 5, 17, 3),
  GET_FUNC_ARG(183, 5, 17, 3),
  GET_FUNC_RET(184, 5, 17, 2),
  GET_FUNC_ARG_CNT(185, 5, 17, 1),
  MAP_LOOKUP_PERCPU_ELEM(195, 5, 19, 3),
  KTIME_GET_TAI_NS(208, 6, 1, 0);

  private final int id;
  private final KernelVersion since;
  private final int arguments;

  Helper(int id, int major, int minor, int arguments) {
    this.id = id;
    this.arguments = arguments;
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

  /** How many arguments it takes. */
  public int arguments() {
    return arguments;
  }

  /** The helper of a number; empty for one that programs that trace do not call. */
  public static Optional<Helper> of(long id) {
    return Arrays.stream(values()).filter(helper -> helper.id == id).findFirst();
  }

  /** The helper of a name, with {@code bpf_} before it or without. */
  public static Optional<Helper> named(String name) {
    String plain = name.startsWith("bpf_") ? name.substring("bpf_".length()) : name;
    return Arrays.stream(values())
        .filter(helper -> helper.name().toLowerCase(Locale.ROOT).equals(plain))
        .findFirst();
  }

  /** Its name as the kernel's documentation writes it. */
  public String kernelName() {
    return "bpf_" + name().toLowerCase(Locale.ROOT);
  }
}
