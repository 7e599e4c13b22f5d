package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.runtime.Architecture.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code perf_event_open(2)} and its {@code ioctl}s: {@code include/uapi/linux/perf_event.h}. */
final class PerfEvents {
  /** {@code PERF_TYPE_SOFTWARE}. */
  static final int TYPE_SOFTWARE = 1;

  /** {@code PERF_TYPE_TRACEPOINT}. */
  static final int TYPE_TRACEPOINT = 2;

  /** {@code PERF_TYPE_BREAKPOINT}. */
  private static final int TYPE_BREAKPOINT = 5;

  // include/uapi/linux/hw_breakpoint.h
  private static final int HW_BREAKPOINT_W = 2;
  private static final int HW_BREAKPOINT_RW = 3;

  /** {@code PERF_COUNT_SW_BPF_OUTPUT}. */
  static final long SOFTWARE_BPF_OUTPUT = 10;

  /** {@code PERF_SAMPLE_TIME}. */
  static final long SAMPLE_TIME = 1L << 2;

  /** {@code PERF_SAMPLE_RAW}. */
  static final long SAMPLE_RAW = 1L << 10;

  /** {@code PERF_ATTR_SIZE_VER1} (2.6.33): up to and with {@code config2}. */
  private static final int ATTRIBUTE_SIZE = 72;

  private static final long PINNED = 1L << 2; // always on its processor's counters, or in error
  private static final long FREQUENCY = 1L << 10; // the bit freq among the flags
  private static final long ENABLE = 0x2400; // PERF_EVENT_IOC_ENABLE: _IO('$', 0)
  private static final long SET_BPF = 0x40042408; // PERF_EVENT_IOC_SET_BPF: _IOW('$', 8, u32)
  private static final long CLOSE_ON_EXEC = 1L << 3; // PERF_FLAG_FD_CLOEXEC

  private final SystemCalls systemCalls;

  PerfEvents(SystemCalls systemCalls) {
    this.systemCalls = systemCalls;
  }

  /**
   * The fields of {@code struct perf_event_attr} that are used here.
   *
   * @param config what to observe, by the type's own numbering
   * @param samplePeriod events for each sample; with {@code isFrequency} samples a second; 0 to
   *     count only
   * @param sampleType what a sample holds
   * @param wakeUpEvents samples after which a reader is woken
   * @param breakpoint {@code bp_type}; 0 for other types
   * @param config1 {@code bp_addr}, {@code kprobe_func}, {@code uprobe_path}
   * @param config2 {@code bp_len}, {@code kprobe_addr}, {@code probe_offset}
   */
  record Attribute(
      int type,
      long config,
      long samplePeriod,
      long sampleType,
      int wakeUpEvents,
      int breakpoint,
      long config1,
      long config2,
      boolean isFrequency) {
    /** An event that only runs a program. */
    static Attribute forProgram(int type, long config, long config1, long config2) {
      return new Attribute(type, config, 1, 0, 0, 0, config1, config2, false);
    }

    /** An event that only counts, from when it is opened. */
    static Attribute forCounting(int type, long config) {
      return new Attribute(type, config, 0, 0, 0, 0, 0, 0, false);
    }

    /** An event that runs a program at every access to some bytes. */
    static Attribute forAccess(boolean isWrite, long address, int length) {
      int access = isWrite ? HW_BREAKPOINT_W : HW_BREAKPOINT_RW;
      return new Attribute(TYPE_BREAKPOINT, 0, 1, 0, 0, access, address, length, false);
    }

    /** An event that runs a program now and then. */
    static Attribute forSamples(int type, long config, long period, boolean isFrequency) {
      return new Attribute(type, config, period, 0, 0, 0, 0, 0, isFrequency);
    }

    private long flags() {
      return (isFrequency ? FREQUENCY : 0) | (samplePeriod == 0 ? PINNED : 0);
    }

    private MemorySegment allocate(Arena arena) {
      MemorySegment attribute = arena.allocate(ATTRIBUTE_SIZE, Long.BYTES);
      attribute.set(ValueLayout.JAVA_INT, 0, type);
      attribute.set(ValueLayout.JAVA_INT, 4, ATTRIBUTE_SIZE);
      attribute.set(ValueLayout.JAVA_LONG, 8, config);
      attribute.set(ValueLayout.JAVA_LONG, 16, samplePeriod);
      attribute.set(ValueLayout.JAVA_LONG, 24, sampleType);
      attribute.set(ValueLayout.JAVA_LONG, 40, flags());
      attribute.set(ValueLayout.JAVA_INT, 48, wakeUpEvents);
      attribute.set(ValueLayout.JAVA_INT, 52, breakpoint);
      attribute.set(ValueLayout.JAVA_LONG, 56, config1);
      attribute.set(ValueLayout.JAVA_LONG, 64, config2);
      return attribute;
    }
  }

  /** Opens an event of all processes on one processor. */
  int open(Attribute attribute, int processor) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      long address = attribute.allocate(arena).address();
      return (int)
          systemCalls.call(Call.PERF_EVENT_OPEN, address, -1, processor, -1, CLOSE_ON_EXEC, 0);
    }
  }

  /**
   * Opens an event and lets it run a program. A kprobe, uprobe or tracepoint event does so on every
   * processor.
   */
  int attach(Attribute attribute, int program) throws SystemCallException {
    return attach(attribute, program, 0);
  }

  /** Opens an event on one processor and lets it run a program. */
  int attach(Attribute attribute, int program, int processor) throws SystemCallException {
    int event = open(attribute, processor);
    try {
      systemCalls.control(event, SET_BPF, program);
      enable(event);
      return event;
    } catch (SystemCallException failure) {
      systemCalls.close(event);
      throw failure;
    }
  }

  /** Whether an error says that the machine does not count what was asked for. */
  static boolean isUnknown(ErrorNumber error) {
    return error == ErrorNumber.ENOENT
        || error == ErrorNumber.ENODEV
        || error == ErrorNumber.EOPNOTSUPP;
  }

  /** What to say of that. */
  static SessionException unknown(int type, long config) {
    return new SessionException(
        "this machine does not count event %d of type %d".formatted(config, type));
  }

  /** Starts an event. */
  void enable(int event) throws SystemCallException {
    systemCalls.control(event, ENABLE, 0);
  }
}
