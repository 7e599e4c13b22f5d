package dev.tapwright.compiler.analysis;

import java.util.List;

/**
 * A script that means something: the input of both code generators.
 *
 * @param globals used variables of the script and of the tapsets it uses
 * @param functions used functions, without the compiler's own
 * @param probes resolved probes, in the order of the script
 */
public record Program(
    List<Variable.Global> globals, List<Function> functions, List<DerivedProbe> probes) {
  /** Copies the lists. */
  public Program {
    globals = List.copyOf(globals);
    functions = List.copyOf(functions);
    probes = List.copyOf(probes);
  }
}
