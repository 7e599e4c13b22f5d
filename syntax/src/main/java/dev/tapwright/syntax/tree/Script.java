package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import java.util.List;

/**
 * A whole file.
 *
 * @param span the whole text
 * @param declarations what the file declares, in order
 */
public record Script(Span span, List<Declaration> declarations) implements Node {
  /** Copies the list. */
  public Script {
    declarations = List.copyOf(declarations);
  }
}
