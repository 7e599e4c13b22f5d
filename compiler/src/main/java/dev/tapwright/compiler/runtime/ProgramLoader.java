package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.object.ProgramImage;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.runtime.BpfCalls.ProgramDebugInfo;
import dev.tapwright.compiler.runtime.BpfCalls.ProgramLoad;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.LiveTarget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads programs: puts the maps' descriptors in, and says what the verifier refused. */
final class ProgramLoader {
  private static final int TYPE_KPROBE = 2;
  private static final int TYPE_TRACEPOINT = 5;
  private static final int TYPE_PERF_EVENT = 7; // BPF_PROG_TYPE_PERF_EVENT
  private static final int TYPE_RAW_TRACEPOINT = 17;
  private static final int TYPE_TRACING = 26;
  private static final int TYPE_LSM = 29;
  private static final int TYPE_NETFILTER = 32;
  private static final int ATTACH_FENTRY = 24;
  private static final int ATTACH_FEXIT = 25;
  private static final int ATTACH_LSM = 27; // BPF_LSM_MAC

  /** {@code BPF_TRACE_ITER}. */
  static final int ATTACH_ITERATOR = 28;

  /** {@code BPF_NETFILTER}. */
  static final int ATTACH_NETFILTER = 45;

  /** Values of the source register's bits in a {@code lddw} that loads a map. */
  private static final int PSEUDO_MAP_DESCRIPTOR = 1;

  private static final int PSEUDO_MAP_VALUE = 2;

  /** First room for the verifier's log, and the most that kernels from 5.2 on take. */
  private static final int LOG_SIZE = 1 << 20;

  private static final int LOG_SIZE_MAXIMUM = 1 << 26;

  private final BpfCalls bpf;
  private final List<KernelMap> maps;
  private final List<Optional<ProgramDebugInfo>> debugInformation;
  private final int kernelVersion;
  private final int verbosity;

  /**
   * Prepares.
   *
   * @param debugInformation where each program of the object comes from
   * @param kernelVersion {@code LINUX_VERSION_CODE} of the running kernel
   * @param verbosity from 1 on, the verifier's whole log is part of a refusal
   */
  ProgramLoader(
      BpfCalls bpf,
      List<KernelMap> maps,
      List<Optional<ProgramDebugInfo>> debugInformation,
      int kernelVersion,
      int verbosity) {
    this.bpf = bpf;
    this.maps = maps;
    this.debugInformation = debugInformation;
    this.kernelVersion = kernelVersion;
    this.verbosity = verbosity;
  }

  /** Loads the program of a probe; gives its descriptor. */
  int load(ProgramImage image, int place, ProbeEntry probe) throws SessionException {
    ProgramLoad load =
        new ProgramLoad(
            image.name(),
            typeOf(image.kind()),
            expectedAttachType(image.kind()),
            attachBtfId(image.kind(), probe),
            kernelVersion,
            relocate(image),
            debugInformation.get(place));
    try {
      return loadWithBestInformation(load);
    } catch (SystemCallException failure) {
      throw new SessionException(describe(image, probe, load, failure));
    }
  }

  /** A kernel that has BTF but refuses ours loads the program without it. */
  private int loadWithBestInformation(ProgramLoad load) throws SystemCallException {
    try {
      return bpf.loadProgram(load, MemorySegment.NULL, 0);
    } catch (SystemCallException failure) {
      if (load.debugInfo().isEmpty() || failure.error() == ErrorNumber.EPERM) {
        throw failure;
      }
      try {
        return bpf.loadProgram(withDebugInfo(load, Optional.empty()), MemorySegment.NULL, 0);
      } catch (SystemCallException again) {
        throw failure;
      }
    }
  }

  private static ProgramLoad withDebugInfo(ProgramLoad load, Optional<ProgramDebugInfo> debugInfo) {
    return new ProgramLoad(
        load.name(),
        load.type(),
        load.expectedAttachType(),
        load.attachBtfId(),
        load.kernelVersion(),
        load.slots(),
        debugInfo);
  }

  private String describe(
      ProgramImage image, ProbeEntry probe, ProgramLoad load, SystemCallException failure) {
    String message = "bpf program load failed: " + failure.error().text();
    if (failure.error() == ErrorNumber.EPERM && !Privileges.mayLoadPrograms()) {
      return Privileges.needed();
    }
    if (failure.error() == ErrorNumber.EPERM && isTrampoline(image.kind())) {
      return message
          + "\nprobe "
          + probe.name()
          + ": this kernel does not let fentry, fexit and security programs be loaded";
    }
    return VerifierRefusal.describe(message, image, probe.name(), verifierLog(load), verbosity > 0);
  }

  /**
   * Loads once more for the log. It ends with what was wrong; a kernel that has too little room for
   * it keeps the end.
   */
  private String verifierLog(ProgramLoad load) {
    for (int size = LOG_SIZE; size <= LOG_SIZE_MAXIMUM; size *= 8) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment log = arena.allocate(size);
        try {
          bpf.loadProgram(load, log, 1);
        } catch (SystemCallException failure) {
          if (failure.error() == ErrorNumber.ENOSPC) {
            continue;
          }
          return FieldAccess.readText(log, 0, size);
        }
      }
    }
    return "";
  }

  private List<Long> relocate(ProgramImage image) {
    List<Long> slots = new ArrayList<>(image.slots());
    for (MapReference reference : image.mapReferences()) {
      long source = reference.isValue() ? PSEUDO_MAP_VALUE : PSEUDO_MAP_DESCRIPTOR;
      long descriptor = maps.get(reference.map()).descriptor();
      long plain = slots.get(reference.slot()) & 0x0fff; // opcode and destination
      slots.set(reference.slot(), plain | source << 12 | descriptor << 32);
    }
    return slots;
  }

  private static int typeOf(ProgramKind kind) {
    return switch (kind) {
      case KPROBE, KRETPROBE, UPROBE, URETPROBE -> TYPE_KPROBE;
      case TRACEPOINT -> TYPE_TRACEPOINT;
      case RAW_TRACEPOINT -> TYPE_RAW_TRACEPOINT;
      case PERF_EVENT -> TYPE_PERF_EVENT;
      case FENTRY, FEXIT, TASK_ITERATOR -> TYPE_TRACING;
      case SECURITY_HOOK -> TYPE_LSM;
      case PACKET_HOOK -> TYPE_NETFILTER;
    };
  }

  private static int expectedAttachType(ProgramKind kind) {
    return switch (kind) {
      case FENTRY -> ATTACH_FENTRY;
      case FEXIT -> ATTACH_FEXIT;
      case TASK_ITERATOR -> ATTACH_ITERATOR;
      case SECURITY_HOOK -> ATTACH_LSM;
      case PACKET_HOOK -> ATTACH_NETFILTER;
      case KPROBE, KRETPROBE, UPROBE, URETPROBE, TRACEPOINT, RAW_TRACEPOINT, PERF_EVENT -> 0;
    };
  }

  private static int attachBtfId(ProgramKind kind, ProbeEntry probe) throws SessionException {
    if (kind == ProgramKind.TASK_ITERATOR) {
      return btfId(AttachMethod.TASK_ITERATOR_FUNCTION);
    }
    return switch (probe.attachPoint()) {
      case AttachPoint.KernelFunction function
          when kind == ProgramKind.FENTRY || kind == ProgramKind.FEXIT ->
          btfId(function.symbol());
      case AttachPoint.SecurityHook hook -> btfId(hook.function());
      default -> 0;
    };
  }

  private static boolean isTrampoline(ProgramKind kind) {
    return kind == ProgramKind.FENTRY
        || kind == ProgramKind.FEXIT
        || kind == ProgramKind.SECURITY_HOOK;
  }

  /** The number in the object is that of the kernel that it was compiled for. */
  private static int btfId(String function) throws SessionException {
    return LiveTarget.open()
        .kernelTypes()
        .flatMap(types -> types.function(function))
        .map(KernelTypes.FunctionPrototype::btfId)
        .orElseThrow(
            () -> new SessionException("the running kernel's BTF has no function " + function));
  }
}
