package dev.tapwright.syntax;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Script;
import java.util.List;

/**
 * What parsing gives: always a tree, however little of it could be understood.
 *
 * @param script the tree
 * @param diagnostics what is wrong, in the order of the text
 */
public record ParseResult(Script script, List<Diagnostic> diagnostics) {
  /** Copies the list. */
  public ParseResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
