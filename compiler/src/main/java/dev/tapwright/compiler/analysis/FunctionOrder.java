package dev.tapwright.compiler.analysis;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which SystemTap looks at functions: by the names that it gives them, which decides
 * what it says first.
 */
final class FunctionOrder {
  private FunctionOrder() {}

  /** Functions by the names that SystemTap gives them. */
  static List<FunctionUnit> sorted(Collection<FunctionUnit> functions) {
    return functions.stream().sorted(Comparator.comparing(FunctionUnit::mangledName)).toList();
  }
}
