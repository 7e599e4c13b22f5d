package dev.tapwright.compiler.probe;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a resolved probe attaches to. Kept in the compiled object, so only values that a file can
 * hold.
 */
public sealed interface AttachPoint {
  /** Whether its handlers run in the kernel, as BPF, or in the user-space machine. */
  Placement placement();

  /** {@code begin}, {@code begin(N)}: when the session starts; lower priorities first. */
  record Begin(long priority) implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.USER;
    }
  }

  /** {@code end}, {@code end(N)}: when it ends in order. */
  record End(long priority) implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.USER;
    }
  }

  /** {@code error}, {@code error(N)}: when it ends by too many errors. */
  record Error(long priority) implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.USER;
    }
  }

  /** {@code never}. */
  record Never() implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.USER;
    }
  }

  /**
   * {@code timer.*}.
   *
   * @param periodNanoseconds time between two events
   * @param randomizeNanoseconds a random part of up to plus or minus this much is added to each
   *     period
   */
  record Timer(long periodNanoseconds, long randomizeNanoseconds) implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.USER;
    }
  }

  /**
   * {@code procfs("PATH").read} and {@code .write}: a file of the session's own, which others read
   * or write.
   *
   * @param path below the session's folder
   * @param umask permissions that it does not give, as {@code umask(2)} takes them
   * @param maximumSize most bytes that a reader gets; 0 for as long as a string can be
   */
  record File(String path, int umask, boolean isWrite, int maximumSize) implements AttachPoint {
    /** The path that stands for the session's own input. */
    public static final String INPUT = "__stdin";

    @Override
    public Placement placement() {
      return Placement.USER;
    }
  }

  /**
   * A function of the kernel.
   *
   * @param symbol its name in {@code /proc/kallsyms}
   * @param textOffset its distance from {@code _stext}; empty where addresses are hidden from this
   *     user
   * @param module the module that holds it, if one does
   * @param isReturn when it returns instead of when it is entered
   * @param btfId type id of its {@code FUNC} in the kernel's BTF, by which fentry attaches; empty
   *     when BTF does not have it
   */
  record KernelFunction(
      String symbol,
      OptionalLong textOffset,
      Optional<String> module,
      boolean isReturn,
      Optional<Integer> btfId)
      implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * A tracepoint of the kernel.
   *
   * @param system its group; empty where it could not be found out
   * @param name its name
   */
  record Tracepoint(String system, String name) implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /** What happens to processes and their threads. */
  record ProcessEvent(Event event) implements AttachPoint {
    /** The sorts of it. */
    public enum Event {
      /** A process begins as the copy of another; in the new one. */
      FORK("sys_exit"),
      /** A process begins to run another program. */
      EXECUTE("sched_process_exec"),
      /** A process runs already when the session starts; in the session. */
      EXISTING("task"),
      /** A process ends; in its last thread. */
      END("sched_process_exit"),
      /** A thread begins that is not the first of its process; in the new one. */
      THREAD_BEGIN("sys_exit"),
      /** Such a thread ends. */
      THREAD_END("sched_process_exit"),
      /** A system call is made. */
      SYSTEM_CALL("sys_enter"),
      /** It returns. */
      SYSTEM_CALL_RETURN("sys_exit");

      private final String tracepoint;

      Event(String tracepoint) {
        this.tracepoint = tracepoint;
      }

      /**
       * The tracepoint that is passed then, and at other times too; or the iterator that goes
       * through all tasks.
       */
      public String tracepoint() {
        return tracepoint;
      }
    }

    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * Something that processors count, sampled on each of them.
   *
   * @param type {@code perf_event_attr.type}
   * @param config {@code perf_event_attr.config}: what of that type
   * @param period events between two samples; with {@code isFrequency} samples a second
   */
  record PerfEvent(int type, long config, long period, boolean isFrequency) implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * Accesses to a few bytes of the kernel's data, which the processor reports.
   *
   * @param symbol the variable that begins there, whose address is found out when it is attached
   * @param address where there is no symbol
   * @param length 1, 2, 4 or 8 bytes
   * @param isWrite whether only what is written is reported, not what is read
   */
  record Watchpoint(Optional<String> symbol, long address, int length, boolean isWrite)
      implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * Where the kernel asks its security modules whether something may be done; what the handler
   * answers is followed.
   *
   * @param hook its name, such as {@code file_open}
   */
  record SecurityHook(String hook) implements AttachPoint {
    /** The function of the kernel that stands for programs of the hook, with its parameters. */
    public String function() {
      return "bpf_lsm_" + hook;
    }

    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * A hook of the kernel's packet filter; what the handler answers decides about the packet.
   *
   * @param family the protocol, {@code NFPROTO_*} of {@code include/uapi/linux/netfilter.h}
   * @param hook {@code NF_INET_*} of the same file
   * @param priority hooks of lower numbers see a packet first
   */
  record PacketHook(String name, int family, int hook, int priority) implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * Something that is counted on each processor, for {@code @perf} to read. No handler runs.
   *
   * @param type {@code perf_event_attr.type}
   * @param config {@code perf_event_attr.config}: what of that type
   * @param process the program for whose processes alone it counts
   */
  record Counter(int type, long config, Optional<String> process, String name)
      implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.USER;
    }
  }

  /**
   * A function of a program or library.
   *
   * @param path the file, absolute
   * @param symbol its name
   * @param fileOffset where its first instruction lies in the file
   * @param isReturn when it returns instead of when it is entered
   */
  record UserFunction(String path, String symbol, long fileOffset, boolean isReturn)
      implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * A stub by which a program or library calls a function of another.
   *
   * @param path the file that calls, absolute
   * @param symbol the function that is called
   * @param fileOffset where the stub lies in the file
   * @param isReturn when the function returns instead of when it is called
   */
  record UserLinkage(String path, String symbol, long fileOffset, boolean isReturn)
      implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * A mark in a program or library.
   *
   * @param path the file, absolute
   * @param provider who the mark belongs to
   * @param name its name
   * @param fileOffset where its instruction lies in the file
   * @param semaphoreOffset where the counter lies in the file that makes the program reach the
   *     mark; empty where it always does
   * @param arguments what its arguments are in, as {@code <sys/sdt.h>} writes it
   */
  record UserMark(
      String path,
      String provider,
      String name,
      long fileOffset,
      OptionalLong semaphoreOffset,
      String arguments)
      implements AttachPoint {
    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }

  /**
   * A place that SystemTap knows and BPF, or Tapwright, cannot attach to: a script with it is
   * analysed whole, and code generation refuses it. It is never in an object.
   *
   * @param subject what is probed, in a word
   * @param reason why it cannot be, as it follows a colon
   * @param advice what to do instead
   * @param isReturn whether it ends what begins at another place
   * @param kind what sort of place it is
   * @param like a place that has the same context variables
   */
  record NotCarried(
      String subject,
      String reason,
      String advice,
      boolean isReturn,
      ProbeContext.Kind kind,
      Optional<AttachPoint> like)
      implements AttachPoint {
    /** A place without context variables. */
    static NotCarried plain(String subject, String reason, String advice) {
      return new NotCarried(
          subject, reason, advice, false, ProbeContext.Kind.NONE, Optional.empty());
    }

    @Override
    public Placement placement() {
      return Placement.KERNEL;
    }
  }
}
