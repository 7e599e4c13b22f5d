package dev.tapwright.compiler.analysis;

import java.util.List;
import java.util.stream.Stream;

/**
 * A script that means something: the input of both code generators.
 *
 * @param globals used variables of the script and of the tapsets it uses
 * @param functions used functions, without the compiler's own
 * @param probes resolved probes, in the order of the script
 * @param places which places of the script led to which of the library
 */
public record Program(
    List<Variable.Global> globals,
    List<Function> functions,
    List<DerivedProbe> probes,
    LibraryPlaces places) {
  /** A script that uses no library. */
  public Program(
      List<Variable.Global> globals, List<Function> functions, List<DerivedProbe> probes) {
    this(globals, functions, probes, LibraryPlaces.NONE);
  }

  /** Whether what its code does depends on how the kernel was built that it was analysed for. */
  public boolean isOfKernelBuild() {
    return Stream.concat(
            functions.stream().map(Function::bindings), probes.stream().map(DerivedProbe::bindings))
        .anyMatch(Bindings::isOfKernelBuild);
  }

  /** Copies the lists. */
  public Program {
    globals = List.copyOf(globals);
    functions = List.copyOf(functions);
    probes = List.copyOf(probes);
  }
}
