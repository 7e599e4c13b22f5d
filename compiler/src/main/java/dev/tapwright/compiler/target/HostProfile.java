package dev.tapwright.compiler.target;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The profile of a machine's kernel: what its version has, without what this build of it lacks.
 * Only files are read, none of which needs privilege; nothing is tried out, because the first
 * system call through the foreign function interface is slower than a whole compilation.
 */
final class HostProfile {
  /**
   * The oldest kernel that scripts are compiled for: what is safe where the version cannot be had.
   */
  private static final KernelVersion OLDEST = KernelVersion.of(4, 14);

  private final MachineFiles files;
  private final KernelVersion version;
  private final Optional<KernelConfiguration> configuration;

  private HostProfile(MachineFiles files, Optional<KernelConfiguration> configuration) {
    this.files = files;
    this.version = version(files);
    this.configuration = configuration;
  }

  /** The version of the running kernel. */
  static KernelVersion version(MachineFiles files) {
    return files.text("/proc/sys/kernel/osrelease").flatMap(KernelVersion::parse).orElse(OLDEST);
  }

  static KernelProfile measure(MachineFiles files, Optional<KernelConfiguration> configuration) {
    return new HostProfile(files, configuration).profile();
  }

  private KernelProfile profile() {
    KernelProfile complete = KernelProfile.ofVersion(version);
    Set<KernelFeature> features = EnumSet.noneOf(KernelFeature.class);
    complete.features().stream().filter(this::isBuiltIn).forEach(features::add);
    return new KernelProfile(
        version.release(), version, features, complete.helpers(), complete.instructionLimit());
  }

  private boolean isBuiltIn(KernelFeature feature) {
    return switch (feature) {
      case KPROBES -> hasDevice("kprobe") || isConfigured("KPROBES", false);
      case PROBE_PMU -> hasDevice("uprobe") || hasDevice("kprobe");
      case FENTRY -> hasFentry();
      case SECURITY_HOOKS -> hasSecurityHooks();
      case PACKET_HOOKS ->
          files.exists("/sys/kernel/btf/vmlinux") && isConfigured("NETFILTER_BPF_LINK", true);
      case MODULE_TYPES ->
          files.exists("/sys/kernel/btf/vmlinux") && isConfigured("DEBUG_INFO_BTF_MODULES", true);
      case RAW_TRACEPOINT, PERF_EVENT_OUTPUT, PROGRAM_RUN -> isConfigured("BPF_EVENTS", true);
      case BTF_LINE_INFO,
          COMPARE_32,
          DIRECT_MAP_VALUE,
          LARGE_PROGRAMS,
          BOUNDED_LOOPS,
          MEMORY_MAPPED_ARRAY,
          PROBE_READ_KERNEL,
          GLOBAL_FUNCTIONS,
          RING_BUFFER,
          LARGE_KEYS,
          ATOMIC_FETCH,
          FOR_EACH_MAP_ELEMENT,
          OTHER_PROCESSORS,
          TRAMPOLINE_STRUCTURES,
          TRAMPOLINE_STACK,
          MAY_GOTO,
          FILLED_NAMES,
          SIGNED_DIVISION ->
          true;
    };
  }

  /**
   * fentry needs the kernel's own BTF, calls patched into functions, and a kernel that is not
   * locked down. Where it cannot be seen that it is not, kprobes do.
   */
  private boolean hasFentry() {
    return files.exists("/sys/kernel/btf/vmlinux")
        && isConfigured("DYNAMIC_FTRACE_WITH_DIRECT_CALLS", true)
        && isKnownNotToBeLockedDown();
  }

  private boolean isKnownNotToBeLockedDown() {
    Optional<String> lockdown = files.text("/sys/kernel/security/lockdown");
    if (lockdown.isPresent()) {
      return lockdown.get().contains("[none]");
    }
    if (configuration.isPresent() && !configuration.get().has("SECURITY_LOCKDOWN_LSM")) {
      return true;
    }
    if (isConfigured("LOCK_DOWN_KERNEL_FORCE_INTEGRITY", false)
        || isConfigured("LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY", false)) {
      return false;
    }
    // securityfs is not mounted: a kernel that is locked down does not open the list of functions
    // that can be traced.
    Path traceable = files.path("/sys/kernel/tracing/available_filter_functions");
    return Files.isReadable(traceable) && opens(traceable);
  }

  private static boolean opens(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.read() >= 0;
    } catch (java.io.IOException refused) {
      return false;
    }
  }

  /** Without the security module {@code bpf} programs can be attached, and are never asked. */
  private boolean hasSecurityHooks() {
    return hasFentry()
        && isConfigured("BPF_LSM", false)
        && files
            .text("/sys/kernel/security/lsm")
            .or(this::requestedSecurityModules)
            .map(modules -> List.of(modules.strip().split(",")).contains("bpf"))
            .orElse(true);
  }

  /** Those of the kernel's command line, else those that it was built with. */
  private Optional<String> requestedSecurityModules() {
    return files
        .text("/proc/cmdline")
        .flatMap(
            line ->
                Stream.of(line.split("\\s+"))
                    .filter(word -> word.startsWith("lsm="))
                    .reduce((first, last) -> last))
        .map(word -> word.substring("lsm=".length()))
        .or(
            () ->
                configuration
                    .flatMap(known -> known.value("CONFIG_LSM"))
                    .map(value -> value.replace("\"", "")));
  }

  /** Whether an option is on; {@code otherwise} where the configuration cannot be read. */
  private boolean isConfigured(String option, boolean otherwise) {
    return configuration.map(known -> known.has(option)).orElse(otherwise);
  }

  private boolean hasDevice(String name) {
    return files.exists("/sys/bus/event_source/devices/" + name);
  }
}
