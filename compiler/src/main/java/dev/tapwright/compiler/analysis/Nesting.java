package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Node;
import java.util.List;

/** Refuses what is nested too deeply for the recursion of everything after this. */
final class Nesting {
  static final int DEEPEST = DeepStack.LEVELS;

  private Nesting() {}

  /** The declarations that are not nested too deeply; reports the others. */
  static List<Declaration> check(List<Declaration> declarations, Reports reports) {
    return declarations.stream()
        .filter(declaration -> !isTooDeep(declaration, 0, reports))
        .toList();
  }

  private static boolean isTooDeep(Node node, int depth, Reports reports) {
    if (depth > DEEPEST) {
      reports.error(
          AnalysisCodes.NESTING, node.span(), "nested more than %d levels deep".formatted(DEEPEST));
      return true;
    }
    return Children.any(node, child -> isTooDeep(child, depth + 1, reports));
  }
}
