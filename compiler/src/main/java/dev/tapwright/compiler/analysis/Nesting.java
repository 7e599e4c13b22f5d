package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Node;
import java.util.List;

/**
 * Refuses what is nested too deeply: everything after this walks trees by recursion, and the stack
 * that a caller has is not ours to choose.
 */
final class Nesting {
  /** Far more than anybody writes, and shallow enough for a stack of half a megabyte. */
  static final int DEEPEST = 400;

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
