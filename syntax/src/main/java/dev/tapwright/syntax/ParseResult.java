package dev.tapwright.syntax;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Script;
import java.util.List;
import java.util.Set;

/**
 * What parsing gives: always a tree, however little of it could be understood.
 *
 * @param script the tree
 * @param diagnostics what is wrong, in the order of the text
 * @param usedArguments the numbers of the script's arguments that its text names, from 1
 */
public record ParseResult(Script script, List<Diagnostic> diagnostics, Set<Integer> usedArguments) {
  /** Copies the collections. */
  public ParseResult {
    diagnostics = List.copyOf(diagnostics);
    usedArguments = Set.copyOf(usedArguments);
  }
}
