package dev.tapwright.compiler.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This machine. */
public final class LiveTarget implements Target {
  private final Lazy<Optional<String>> build;
  private final Lazy<KernelProfile> profile;
  private final Lazy<KernelSymbols> symbols;
  private final Lazy<Optional<KernelTypes>> types;
  private final Lazy<Tracepoints> tracepoints;
  private final Lazy<Optional<KernelConfiguration>> configuration;
  private final Lazy<ModuleFiles> modules;
  private final ProgramFiles programs = new ProgramFiles();

  /**
   * @param given the profile, when it is not to be the running kernel's; how that other kernel was
   *     built is not known then
   */
  private LiveTarget(MachineFiles files, Optional<KernelProfile> given) {
    this.configuration =
        new Lazy<>(
            () ->
                given.isPresent()
                    ? Optional.<KernelConfiguration>empty()
                    : KernelConfiguration.read(files, HostProfile.version(files).release()));
    this.profile =
        new Lazy<>(() -> given.orElseGet(() -> HostProfile.measure(files, configuration.get())));
    this.build = new Lazy<>(() -> readBuild(files));
    this.symbols = new Lazy<>(() -> readSymbols(files));
    this.modules = new Lazy<>(() -> new ModuleFiles(files, HostProfile.version(files).release()));
    this.types = new Lazy<>(() -> readTypes(files, modules.get()));
    this.tracepoints = new Lazy<>(() -> readTracepoints(new Tracefs(files)));
  }

  /** The machine with its running kernel. Nothing is read yet. */
  public static LiveTarget open() {
    return new LiveTarget(MachineFiles.ofThisMachine(), Optional.empty());
  }

  /** The machine, as if its kernel had that profile. Nothing is read yet. */
  public static LiveTarget open(KernelProfile profile) {
    return new LiveTarget(MachineFiles.ofThisMachine(), Optional.of(profile));
  }

  /** A machine whose files lie under another root: a container's or a guest's. */
  static LiveTarget open(Path root) {
    return new LiveTarget(new MachineFiles(root), Optional.empty());
  }

  private static Optional<String> readBuild(MachineFiles files) {
    return files
        .text("/proc/sys/kernel/osrelease")
        .flatMap(
            release ->
                files
                    .text("/proc/sys/kernel/version")
                    .map(version -> release.strip() + " " + version.strip()));
  }

  @Override
  public KernelProfile profile() {
    return profile.get();
  }

  @Override
  public Optional<String> kernelBuild() {
    return build.get();
  }

  @Override
  public KernelSymbols kernelSymbols() {
    return symbols.get();
  }

  @Override
  public Optional<KernelTypes> kernelTypes() {
    return types.get();
  }

  @Override
  public ModuleState moduleState(String name) {
    return modules.get().state(name);
  }

  @Override
  public Tracepoints tracepoints() {
    return tracepoints.get();
  }

  @Override
  public List<Path> filesMatching(String pattern) {
    return FilePattern.matching(pattern);
  }

  @Override
  public Optional<UserProgramFile> program(Path path) {
    return programs.program(path);
  }

  @Override
  public boolean isRunning(long process) {
    return Files.exists(Path.of("/proc", Long.toString(process)));
  }

  @Override
  public Optional<Path> programOf(long process) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process), "exe")));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Path> findProgram(String name) {
    return ProgramFiles.find(
        name, Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
  }

  @Override
  public String architecture() {
    String name = System.getProperty("os.arch", "");
    return name.equals("amd64") ? "x86_64" : name;
  }

  @Override
  public Optional<String> kernelConfiguration(String option) {
    return configuration.get().flatMap(known -> known.value(option));
  }

  private static KernelSymbols readSymbols(MachineFiles files) {
    return files
        .read("/proc/kallsyms")
        .map(KallsymsSymbols::parse)
        .orElseGet(() -> KallsymsSymbols.parse(new byte[0]));
  }

  private Tracepoints readTracepoints(Tracefs tracefs) {
    Optional<List<Tracepoints.Tracepoint>> events = tracefs.events();
    List<String> described =
        new ArrayList<>(kernelTypes().map(KernelTypes::tracepointNames).orElse(List.of()));
    if (events.isEmpty()) {
      // Only their types tell which ones modules have.
      for (String module : modules.get().names()) {
        kernelTypes()
            .flatMap(types -> types.module(module))
            .ifPresent(types -> described.addAll(types.tracepointNames()));
      }
    }
    return new MergedTracepoints(events, described, Optional.of(tracefs));
  }

  private static Optional<KernelTypes> readTypes(MachineFiles files, ModuleFiles modules) {
    Optional<byte[]> file = files.read("/sys/kernel/btf/vmlinux");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BtfTypes.parse(file.get(), modules));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }
}
