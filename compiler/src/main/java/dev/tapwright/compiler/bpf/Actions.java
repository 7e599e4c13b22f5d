package dev.tapwright.compiler.bpf;

import dev.tapwright.syntax.tree.Statement;

/**
 * Actions of MAXACTION that a turn of a loop spends: one for itself, and one for each statement
 * that it executes in any case.
 */
final class Actions {
  private Actions() {}

  /** Of a turn with that body. */
  static int of(Statement body) {
    return 1 + statements(body);
  }

  private static int statements(Statement statement) {
    return switch (statement) {
      case Statement.Block block -> block.statements().stream().mapToInt(Actions::statements).sum();
      case Statement.Empty _ -> 0;
      default -> 1;
    };
  }
}
