package dev.tapwright.compiler.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** This machine. */
public final class LiveTarget implements Target {
  private final Lazy<KernelProfile> profile;
  private final Lazy<KernelSymbols> symbols;
  private final Lazy<Optional<KernelTypes>> types;
  private final Lazy<Tracepoints> tracepoints;
  private final Lazy<Optional<KernelConfiguration>> configuration;
  private final ProgramFiles programs = new ProgramFiles();

  private LiveTarget(MachineFiles files, Lazy<KernelProfile> profile, boolean isHost) {
    this.profile = profile;
    this.configuration =
        new Lazy<>(
            () ->
                isHost
                    ? KernelConfiguration.read(files, profile().version().release())
                    : Optional.<KernelConfiguration>empty());
    this.symbols = new Lazy<>(() -> readSymbols(files));
    this.types = new Lazy<>(() -> readTypes(files));
    this.tracepoints =
        new Lazy<>(
            () ->
                new MergedTracepoints(
                    new Tracefs(files).events(), kernelTypes().map(KernelTypes::tracepointNames).orElse(List.of())));
  }

  /** The machine with its running kernel. Nothing is read yet. */
  public static LiveTarget open() {
    MachineFiles files = MachineFiles.ofThisMachine();
    return new LiveTarget(files, new Lazy<>(() -> HostProfile.measure(files)), true);
  }

  /** The machine, as if its kernel had that profile. Nothing is read yet. */
  public static LiveTarget open(KernelProfile profile) {
    return new LiveTarget(MachineFiles.ofThisMachine(), new Lazy<>(() -> profile), false);
  }

  /** A machine whose files lie under another root: a container's or a guest's. */
  static LiveTarget open(Path root) {
    MachineFiles files = new MachineFiles(root);
    return new LiveTarget(files, new Lazy<>(() -> HostProfile.measure(files)), true);
  }

  @Override
  public KernelProfile profile() {
    return profile.get();
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
  public Tracepoints tracepoints() {
    return tracepoints.get();
  }

  @Override
  public Optional<UserProgramFile> program(Path path) {
    return programs.program(path);
  }

  @Override
  public Optional<Path> findProgram(String name) {
    return ProgramFiles.find(name, Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
  }

  @Override
  public String architecture() {
    String name = System.getProperty("os.arch", "");
    return name.equals("amd64") ? "x86_64" : name;
  }

  @Override
  public Optional<String> kernelConfiguration(String option) {
    return configuration.get().flatMap(known -> Optional.ofNullable(known.values().get(option)));
  }

  private static KernelSymbols readSymbols(MachineFiles files) {
    return files.read("/proc/kallsyms").map(KallsymsSymbols::parse).orElseGet(() -> KallsymsSymbols.parse(new byte[0]));
  }

  private static Optional<KernelTypes> readTypes(MachineFiles files) {
    Optional<byte[]> file = files.read("/sys/kernel/btf/vmlinux");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BtfTypes.parse(file.get()));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }
}
