package dev.tapwright.compiler.target;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A machine made of given facts, for tests and for targets that are not at hand.
 *
 * @param profile what its kernel allows
 * @param functions the functions of its kernel
 * @param textStart the address of {@code _stext}
 * @param prototypes of functions, by {@code name}
 * @param tracepointPrototypes of tracepoints, by {@code name}; with {@code prototypes} empty too,
 *     the kernel has no BTF
 * @param events its tracepoints
 * @param programs its user programs
 */
public record FixedTarget(
    KernelProfile profile,
    List<KernelSymbols.KernelSymbol> functions,
    OptionalLong textStart,
    List<KernelTypes.FunctionPrototype> prototypes,
    List<KernelTypes.FunctionPrototype> tracepointPrototypes,
    List<Tracepoints.Tracepoint> events,
    List<FixedProgram> programs)
    implements Target {
  /** Copies the lists. */
  public FixedTarget {
    functions = List.copyOf(functions);
    prototypes = List.copyOf(prototypes);
    tracepointPrototypes = List.copyOf(tracepointPrototypes);
    events = List.copyOf(events);
    programs = List.copyOf(programs);
  }

  /** A machine that has a kernel and nothing else. */
  public static FixedTarget of(KernelProfile profile) {
    return new FixedTarget(
        profile, List.of(), OptionalLong.empty(), List.of(), List.of(), List.of(), List.of());
  }

  /** The same machine with one more kernel function, at that distance from {@code _stext}. */
  public FixedTarget withFunction(String name, long textOffset) {
    long start = textStart.orElse(0xffff_ffff_8100_0000L);
    KernelSymbols.KernelSymbol symbol =
        new KernelSymbols.KernelSymbol(name, OptionalLong.of(start + textOffset), Optional.empty());
    return new FixedTarget(
        profile,
        plus(functions, symbol),
        OptionalLong.of(start),
        prototypes,
        tracepointPrototypes,
        events,
        programs);
  }

  /** The same machine with BTF for a kernel function. */
  public FixedTarget withPrototype(KernelTypes.FunctionPrototype prototype) {
    return new FixedTarget(
        profile,
        functions,
        textStart,
        plus(prototypes, prototype),
        tracepointPrototypes,
        events,
        programs);
  }

  /** The same machine with one more tracepoint, and BTF for it. */
  public FixedTarget withTracepoint(String system, KernelTypes.FunctionPrototype prototype) {
    return new FixedTarget(
        profile,
        functions,
        textStart,
        prototypes,
        plus(tracepointPrototypes, prototype),
        plus(events, new Tracepoints.Tracepoint(system, prototype.name())),
        programs);
  }

  /** The same machine with one more user program. */
  public FixedTarget withProgram(Path path, List<UserProgramFile.UserFunction> userFunctions) {
    return new FixedTarget(
        profile,
        functions,
        textStart,
        prototypes,
        tracepointPrototypes,
        events,
        plus(programs, new FixedProgram(path, userFunctions)));
  }

  @Override
  public KernelSymbols kernelSymbols() {
    return new FixedSymbols(functions, textStart);
  }

  @Override
  public Optional<KernelTypes> kernelTypes() {
    return prototypes.isEmpty() && tracepointPrototypes.isEmpty()
        ? Optional.empty()
        : Optional.of(new FixedTypes(prototypes, tracepointPrototypes));
  }

  /** Loaded, where one of the functions is in it. */
  @Override
  public ModuleState moduleState(String name) {
    return functions.stream().anyMatch(function -> function.module().equals(Optional.of(name)))
        ? ModuleState.LOADED
        : ModuleState.ABSENT;
  }

  @Override
  public Tracepoints tracepoints() {
    return new MergedTracepoints(Optional.of(events), List.of());
  }

  @Override
  public List<Path> filesMatching(String pattern) {
    Glob glob = Glob.of(pattern);
    return programs.stream()
        .map(FixedProgram::path)
        .filter(path -> glob.matches(path.toString()))
        .sorted()
        .toList();
  }

  @Override
  public Optional<UserProgramFile> program(Path path) {
    return programs.stream()
        .filter(program -> program.path().equals(path))
        .map(UserProgramFile.class::cast)
        .findFirst();
  }

  @Override
  public Optional<Path> findProgram(String name) {
    if (name.contains("/")) {
      return Optional.of(Path.of(name));
    }
    return programs.stream()
        .map(FixedProgram::path)
        .filter(path -> path.endsWith(name))
        .findFirst();
  }

  @Override
  public String architecture() {
    return "x86_64";
  }

  @Override
  public Optional<String> kernelConfiguration(String option) {
    return Optional.empty();
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }

  /**
   * A program made of given functions.
   *
   * @param functions sorted by offset
   */
  public record FixedProgram(Path path, List<UserFunction> functions) implements UserProgramFile {
    /** Copies and sorts the list. */
    public FixedProgram {
      functions =
          functions.stream().sorted(Comparator.comparingLong(UserFunction::fileOffset)).toList();
    }

    @Override
    public List<UserFunction> functionsMatching(String glob) {
      Glob pattern = Glob.of(glob);
      return functions.stream().filter(function -> pattern.matches(function.name())).toList();
    }

    /** None. */
    @Override
    public List<LinkageEntry> linkage() {
      return List.of();
    }

    /** None. */
    @Override
    public List<Mark> marks() {
      return List.of();
    }
  }

  private record FixedSymbols(List<KernelSymbol> functions, OptionalLong textStart)
      implements KernelSymbols {
    @Override
    public List<KernelSymbol> functionsMatching(String glob) {
      Glob pattern = Glob.of(glob);
      return functions.stream().filter(function -> pattern.matches(function.name())).toList();
    }

    @Override
    public Optional<KernelSymbol> function(String name) {
      return functions.stream().filter(function -> function.name().equals(name)).findFirst();
    }
  }

  private record FixedTypes(List<FunctionPrototype> functions, List<FunctionPrototype> tracepoints)
      implements KernelTypes {
    @Override
    public Optional<FunctionPrototype> function(String name) {
      return functions.stream().filter(prototype -> prototype.name().equals(name)).findFirst();
    }

    @Override
    public Optional<FunctionPrototype> tracepoint(String name) {
      return tracepoints.stream().filter(prototype -> prototype.name().equals(name)).findFirst();
    }

    @Override
    public List<String> tracepointNames() {
      return tracepoints.stream().map(FunctionPrototype::name).sorted().toList();
    }
  }
}
