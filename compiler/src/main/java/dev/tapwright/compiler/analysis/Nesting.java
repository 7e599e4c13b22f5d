package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Refuses what is nested too deeply: everything after this walks trees by recursion, and the stack
 * that a caller has is not ours to choose.
 */
final class Nesting {
  /** Far more than anybody writes, and shallow enough for a stack of half a megabyte. */
  static final int DEEPEST = 400;

  private record Item(Node node, int depth) {}

  private Nesting() {}

  /** The declarations that are not nested too deeply; reports the others. */
  static List<Declaration> check(List<Declaration> declarations, Reports reports) {
    return declarations.stream().filter(declaration -> isShallow(declaration, reports)).toList();
  }

  private static boolean isShallow(Declaration declaration, Reports reports) {
    Deque<Item> pending = new ArrayDeque<>();
    pending.push(new Item(declaration, 0));
    while (!pending.isEmpty()) {
      Item item = pending.pop();
      if (item.depth() > DEEPEST) {
        reports.error(
            AnalysisCodes.NESTING,
            item.node().span(),
            "nested more than %d levels deep".formatted(DEEPEST));
        return false;
      }
      for (Node child : Children.of(item.node())) {
        pending.push(new Item(child, item.depth() + 1));
      }
    }
    return true;
  }
}
