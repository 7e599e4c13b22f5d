/**
 * The tree of a script: records under sealed interfaces, visited by pattern-matching {@code
 * switch}.
 *
 * <p>Every node carries the {@link dev.tapwright.syntax.Span} it was written at. Nodes are
 * immutable and hold no result of analysis: those stand in side tables keyed by a node's identity.
 * Parentheses leave no node; precedence is the shape of the tree.
 */
@NullMarked
package dev.tapwright.syntax.tree;

import org.jspecify.annotations.NullMarked;
