package dev.tapwright.server.feature;

import dev.tapwright.server.text.Document;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes that a place in a document lies in, outermost first.
 *
 * @param nodes at least the script
 */
record NodePath(List<Node> nodes) {
  NodePath {
    nodes = List.copyOf(nodes);
  }

  /**
   * The path to an offset. A place right behind a node still belongs to it, unless the next node
   * begins there.
   */
  static NodePath to(Document document, Script script, int offset) {
    List<Node> path = new ArrayList<>();
    Optional<Node> next = Optional.of(script);
    while (next.isPresent()) {
      path.add(next.get());
      next = childAt(document, Children.of(next.get()), offset);
    }
    return new NodePath(path);
  }

  private static Optional<Node> childAt(Document document, List<Node> children, int offset) {
    Optional<Node> touching = Optional.empty();
    for (Node child : children) {
      Span span = child.span().outermost();
      if (span.source() == document.source() && span.start() <= offset && offset <= span.end()) {
        if (offset < span.end()) {
          return Optional.of(child);
        }
        touching = Optional.of(child);
      }
    }
    return touching;
  }

  /** The node that holds the place and no other node that does. */
  Node innermost() {
    return nodes.getLast();
  }

  /** The innermost node of a kind. */
  <T extends Node> Optional<T> innermost(Class<T> kind) {
    return nodes.reversed().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** The outermost node of a kind. */
  <T extends Node> Optional<T> outermost(Class<T> kind) {
    return nodes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
