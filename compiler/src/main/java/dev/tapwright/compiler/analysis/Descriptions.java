package dev.tapwright.compiler.analysis;

import java.util.stream.Collectors;

/** Variables and functions in one line, as {@code -p2} prints them. */
final class Descriptions {
  private Descriptions() {}

  /** Such as {@code count:long [string]}. */
  static String of(VariableCell cell) {
    return cell.name()
        + ":"
        + cell.type().type().spelling()
        + (cell.indexes().isEmpty()
            ? ""
            : cell.indexes().stream()
                .map(index -> index.type().spelling())
                .collect(Collectors.joining(", ", " [", "]")));
  }

  /** Such as {@code f:long (x:long)}. */
  static String of(FunctionUnit function) {
    return function.name()
        + ":"
        + function.result().type().spelling()
        + function.parameters().stream()
            .map(Descriptions::of)
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
