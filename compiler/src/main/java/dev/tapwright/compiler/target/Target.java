package dev.tapwright.compiler.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machine that a script is written for. Every method is safe to call from any thread, reads the
 * machine at most once, and gives immutable results; a fact that cannot be had is empty, never an
 * exception.
 */
public interface Target {
  /** What its kernel allows. */
  KernelProfile profile();

  /**
   * Which build of the kernel runs, whose types {@link #kernelTypes()} gives; empty where that is
   * not known.
   */
  default Optional<String> kernelBuild() {
    return Optional.empty();
  }

  /** The functions of the kernel, from {@code /proc/kallsyms}. */
  KernelSymbols kernelSymbols();

  /**
   * The kernel's types and those of the modules that are loaded, from the files in {@code
   * /sys/kernel/btf}; empty where the kernel has none.
   */
  Optional<KernelTypes> kernelTypes();

  /**
   * Whether a module of the kernel is there.
   *
   * @param name as the kernel lists it, with underscores
   */
  ModuleState moduleState(String name);

  /** The kernel's tracepoints, from tracefs where it may be read and from BTF where it may not. */
  Tracepoints tracepoints();

  /** An ELF program or library; empty when there is no such file or it is not ELF. */
  Optional<UserProgramFile> program(Path path);

  /**
   * The regular files whose path matches a pattern of the shell, sorted; each file once, whatever
   * links lead to it.
   *
   * @param pattern absolute
   */
  List<Path> filesMatching(String pattern);

  /**
   * Finds a program named without a slash, as a shell would, through {@code PATH}; a path with a
   * slash is given back.
   */
  Optional<Path> findProgram(String name);

  /** Whether a process of that number is there. */
  default boolean isRunning(long process) {
    return true;
  }

  /** The program that a process runs; empty where there is none, or this user may not know. */
  default Optional<Path> programOf(long process) {
    return Optional.empty();
  }

  /**
   * The program that probes of a process without a path are of: that of {@code -c} or {@code -x};
   * empty without either.
   */
  default Optional<Path> tracedProgram() {
    return Optional.empty();
  }

  /** The architecture as SystemTap and {@code uname -m} name it, such as {@code x86_64}. */
  String architecture();

  /**
   * What the kernel was built with.
   *
   * @param option with {@code CONFIG_}
   * @return {@code y}, {@code m}, a number, a string with its quotes, or empty when it is not set
   *     or not known
   */
  Optional<String> kernelConfiguration(String option);
}
